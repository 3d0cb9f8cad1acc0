package io.porpoise.definition.document;

import io.porpoise.definition.OnWorkerLoss;
import io.porpoise.definition.Parameter;
import io.porpoise.definition.Parameter.Direction;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.TimeoutStrategy;
import io.porpoise.definition.document.Node.Mapping;
import io.porpoise.instance.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One item of {@code tasks}: the attributes that all tasks have, and the keys of its type. */
final class TaskReader {
  private static final int RETRIES_MAX = 10_000;
  private static final int RESOURCES_MAX = 1_000;
  static final Duration RETRY_INTERVAL = Duration.ofMinutes(1);

  private final TaskTypes types;

  TaskReader(TaskTypes types) {
    this.types = types;
  }

  /**
   * A task as read.
   *
   * @param place of its mapping, for errors that are found later
   * @param deps the tasks it names as its predecessors
   */
  record ReadTask(Value place, TaskDefinition task, List<String> deps) {}

  ReadTask read(Value value) {
    return read(value, value.keys());
  }

  ReadTask read(Value value, Keys keys) {
    Value name = keys.require("name");
    Value type = keys.require("task_type");
    TaskType taskType = type == null ? null : type(type);
    List<String> deps =
        keys.take("deps", List.of(), v -> v.listOrOne(Limits.TASKS_MAX, Value::task));
    TaskDefinition task =
        new TaskDefinition(
            name == null ? "" : name.name(),
            keys.take("description", "", v -> v.text(Limits.DESCRIPTION_CHARS_MAX)),
            taskType == null ? "" : taskType.name(),
            keys.take("flag", false, v -> !v.flag()),
            keys.take(
                "task_priority", Priority.MEDIUM, v -> v.choice(Priority.class, Priority.MEDIUM)),
            keys.take("worker_group", null, Value::name),
            keys.take("environment_name", null, Value::name),
            keys.take("tenant", null, Value::name),
            keys.take("fail_retry_times", 0, v -> v.whole(0, RETRIES_MAX)),
            keys.take("fail_retry_interval", RETRY_INTERVAL, Value::duration),
            keys.take("timeout", null, TaskReader::timeout),
            keys.take(
                "timeout_notify_strategy",
                TimeoutStrategy.WARN,
                v -> v.choice(TimeoutStrategy.class, TimeoutStrategy.WARN)),
            keys.take("delay_time", Duration.ZERO, Value::duration),
            taskGroup(keys),
            keys.take("task_group_priority", 0, v -> v.whole(0, Integer.MAX_VALUE)),
            keys.take("resource_list", List.of(), v -> v.list(RESOURCES_MAX, TaskReader::resource)),
            keys.take("is_cache", false, Value::flag),
            keys.take("cpu_quota", -1, v -> v.whole(-1, 1_000_000)),
            keys.take("memory_max", -1, v -> v.whole(-1, Integer.MAX_VALUE)),
            keys.take(
                "on_worker_loss",
                OnWorkerLoss.FENCED,
                v -> v.choice(OnWorkerLoss.class, OnWorkerLoss.FENCED)),
            keys.take(
                "execute_type", false, v -> "STREAM".equals(v.choice(List.of("BATCH", "STREAM")))),
            params(value, keys),
            taskParams(keys, taskType));
    keys.end();
    return new ReadTask(value, task, deps);
  }

  private TaskType type(Value value) {
    String spelling = value.name();
    TaskType type = types.find(spelling);
    String supported = String.join(", ", types.supported());
    if (type == null) {
      value.wrong(
          "unknown task type \""
              + spelling
              + "\""
              + value.reading().didYouMean(spelling, types.spellings())
              + " (supported are: "
              + supported
              + ")");
    } else if (!type.isSupported()) {
      value.wrong("task type " + spelling + " is not supported yet; supported are: " + supported);
    }
    return type;
  }

  /**
   * What the type asks for. Of a type that cannot be run nothing more is checked: its error says
   * enough. Of one that is missing or unknown, the keys that mean something in one type only are.
   */
  private static Map<String, Object> taskParams(Keys keys, TaskType type) {
    Map<String, Object> params = new LinkedHashMap<>();
    if (type == null) {
      TaskTypes.fields()
          .forEach(
              (key, field) -> keys.take(key, null, field == null ? v -> null : field.reader()));
      keys.dropStrange();
      return params;
    }
    if (!type.isSupported()) {
      keys.rest();
      return params;
    }
    for (TaskField field : type.fields()) {
      Value value = null;
      for (String alias : field.aliases()) {
        Value aliased = keys.take(alias);
        value = aliased == null ? value : aliased;
      }
      if (value == null) {
        value = field.isRequired() ? keys.require(field.key()) : keys.take(field.key());
      }
      Object read = value == null ? null : field.reader().apply(value);
      if (read != null) {
        params.put(field.key(), read);
      }
    }
    if (type.isOpen()) {
      keys.rest().forEach((key, value) -> params.put(key, value.any()));
    }
    return params;
  }

  /** IN before OUT, so that a document says the same however it lists them. */
  private static List<Parameter> params(Value value, Keys keys) {
    List<Parameter> all = new ArrayList<>();
    all.addAll(keys.take("local_params", List.of(), ParameterNotation::localParams));
    all.addAll(keys.take("input_params", List.of(), v -> ParameterNotation.local(v, Direction.IN)));
    all.addAll(
        keys.take("output_params", List.of(), v -> ParameterNotation.local(v, Direction.OUT)));
    if (all.isEmpty()) {
      return List.of();
    }
    ParameterNotation.distinct(value, all);
    List<Parameter> sorted = new ArrayList<>(all.size());
    all.stream().filter(p -> p.direction() == Direction.IN).forEach(sorted::add);
    all.stream().filter(p -> p.direction() == Direction.OUT).forEach(sorted::add);
    return sorted;
  }

  /** By name or by id; PyDolphinScheduler's id 0 means none. */
  private static String taskGroup(Keys keys) {
    String id = keys.take("task_group_id", null, Value::name);
    String name = keys.take("task_group_name", null, Value::name);
    return name != null || "0".equals(id) ? name : id;
  }

  private static String resource(Value value) {
    if (value.node() instanceof Mapping) {
      Keys keys = value.keys();
      Value name = keys.require("resourceName");
      keys.end();
      return name == null ? "" : name.text(Limits.DESCRIPTION_CHARS_MAX);
    }
    return value.text(Limits.DESCRIPTION_CHARS_MAX);
  }

  static Duration timeout(Value value) {
    Duration timeout = value.duration();
    return timeout.isZero() ? null : timeout;
  }
}
