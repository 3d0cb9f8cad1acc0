package io.porpoise.definition.document;

import io.porpoise.definition.LogicTasks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The task types that documents may name. A new type is one entry in {@link #KNOWN}; it becomes
 * usable when the server lists it as supported.
 */
public final class TaskTypes {
  private static final List<TaskType> KNOWN =
      List.of(
          TaskType.onWorker(
              "SHELL", "Shell", TaskField.required("command", TaskTypes::script, "raw_script")),
          TaskType.onMaster(
                  "SUB_WORKFLOW",
                  "SubWorkflow",
                  TaskField.required("workflow_name", Value::name, "process_definition_name"),
                  TaskField.optional("project", Value::name, "project_name"))
              .alias("SubProcess"),
          TaskType.onMaster(
              "SWITCH", "Switch", TaskField.required("condition", LogicFields::branches)),
          TaskType.onMaster(
                  "CONDITIONS",
                  "Condition",
                  TaskField.optional("success_task", LogicFields::tasks),
                  TaskField.optional("failed_task", LogicFields::tasks),
                  TaskField.required("op", LogicFields::op),
                  TaskField.required("groups", LogicFields::conditionGroups))
              .alias("Conditions"),
          TaskType.onMaster(LogicTasks.NO_OP, "NoOp").alias("Empty", "Dummy"),
          TaskType.onMaster(
              "DEPENDENT",
              "Dependent",
              TaskField.optional("denpendence", value -> null),
              TaskField.required("op", LogicFields::op),
              TaskField.required("groups", LogicFields::dependentGroups)),
          TaskType.later("DYNAMIC", "Dynamic"),
          TaskType.later("PYTHON", "Python"),
          TaskType.later("HTTP", "Http"),
          TaskType.later("SQL", "Sql"),
          TaskType.later("PROCEDURE", "Procedure"),
          TaskType.later("SPARK", "Spark"),
          TaskType.later("FLINK", "Flink"),
          TaskType.later("FLINK_STREAM", "FlinkStream"),
          TaskType.later("MR", "MR", "MapReduce"),
          TaskType.later("DATAX", "DataX", "CustomDataX"),
          TaskType.later("SEATUNNEL", "SeaTunnel"),
          TaskType.later("REMOTESHELL", "RemoteShell"),
          TaskType.later("JAVA", "Java"),
          TaskType.later("K8S", "K8S", "Kubernetes"),
          TaskType.later("EMR", "EMR"),
          TaskType.later("HIVECLI", "HiveCLI"),
          TaskType.later("JUPYTER", "Jupyter"),
          TaskType.later("ZEPPELIN", "Zeppelin"),
          TaskType.later("CHUNJUN", "ChunJun"),
          TaskType.later("LINKIS", "Linkis"),
          TaskType.later("DATA_QUALITY", "DataQuality"),
          TaskType.later("DATA_FACTORY", "DataFactory"),
          TaskType.later("DATASYNC", "DataSync"),
          TaskType.later("DMS", "DMS"),
          TaskType.later("DINKY", "Dinky"),
          TaskType.later("SQOOP", "Sqoop"),
          TaskType.later("KUBEFLOW", "Kubeflow"),
          TaskType.later("SAGEMAKER", "SageMaker"),
          TaskType.later("OPENMLDB", "OpenMLDB"),
          TaskType.later("PYTORCH", "Pytorch"),
          TaskType.later("DVC", "DVC", "DVCInit", "DVCUpload", "DVCDownload"),
          TaskType.later(
              "MLFLOW",
              "MLflow",
              "MLflowModels",
              "MLFlowProjectsCustom",
              "MLFlowProjectsAutoML",
              "MLFlowProjectsBasicAlgorithm"));

  /** Of all types together; null where types understand a key differently. */
  private static final Map<String, TaskField> FIELDS = fieldsByKey();

  private static final TaskTypes STANDARD =
      ofSupported(
          Set.of(
              "SHELL",
              LogicTasks.SUB_WORKFLOW,
              LogicTasks.SWITCH,
              LogicTasks.CONDITIONS,
              LogicTasks.NO_OP));
  private static final TaskTypes ALL = new TaskTypes(KNOWN, null);
  private static final TaskTypes TRUSTING =
      new TaskTypes(
          List.of(), name -> new TaskType(name, name, List.of(), false, true, List.of(), true));

  private final Map<String, TaskType> bySpelling = new LinkedHashMap<>();
  private final List<String> supported = new ArrayList<>();
  private final Function<String, TaskType> otherwise;

  private TaskTypes(Collection<TaskType> types, Function<String, TaskType> otherwise) {
    this.otherwise = otherwise;
    for (TaskType type : types) {
      bySpelling.put(TaskType.key(type.name()), type);
      bySpelling.put(TaskType.key(type.spelling()), type);
      type.aliases().forEach(alias -> bySpelling.put(TaskType.key(alias), type));
      if (type.isSupported()) {
        supported.add(type.spelling());
      }
    }
  }

  /** What this version of the server can run. */
  public static TaskTypes standard() {
    return STANDARD;
  }

  /** Every type that has its keys described, whether a server can run it or not. */
  public static TaskTypes all() {
    return ALL;
  }

  /**
   * @param names as definitions have them, e.g. SHELL
   */
  public static TaskTypes ofSupported(Set<String> names) {
    return new TaskTypes(
        KNOWN.stream()
            .map(type -> type.supported(names.contains(type.name()) && !type.isOpen()))
            .toList(),
        null);
  }

  /**
   * For documents that were checked when they were saved: any type, its keys taken as they stand.
   */
  static TaskTypes trusting() {
    return TRUSTING;
  }

  boolean isTrusting() {
    return otherwise != null;
  }

  /** Null when no type has this spelling. */
  public TaskType find(String spelling) {
    TaskType type = bySpelling.get(TaskType.key(spelling));
    return type == null && otherwise != null ? otherwise.apply(spelling) : type;
  }

  /** As documents are told to write them. */
  public List<String> supported() {
    return List.copyOf(supported);
  }

  /** Those that the server can run, in the order in which they are known. */
  public List<TaskType> supportedTypes() {
    return supported.stream().map(this::find).toList();
  }

  /**
   * For a task that does not say its type: what each key means in the only type that has it, or
   * null where several have it.
   */
  static Map<String, TaskField> fields() {
    return FIELDS;
  }

  private static Map<String, TaskField> fieldsByKey() {
    Map<String, TaskField> fields = new LinkedHashMap<>();
    for (TaskType type : KNOWN) {
      for (TaskField field : type.fields()) {
        fields.put(field.key(), fields.containsKey(field.key()) ? null : field);
        field.aliases().forEach(alias -> fields.put(alias, field));
      }
    }
    return fields;
  }

  List<String> spellings() {
    return bySpelling.values().stream().map(TaskType::spelling).distinct().toList();
  }

  private static Object script(Value value) {
    String script = value.text(Limits.TEXT_CHARS_MAX);
    if (value.isText() && script.isBlank()) {
      value.wrong("must not be empty");
    }
    return script;
  }
}
