package io.porpoise.definition.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.definition.Edge;
import io.porpoise.definition.OnWorkerLoss;
import io.porpoise.definition.Parameter;
import io.porpoise.definition.Parameter.Direction;
import io.porpoise.definition.Parameter.Type;
import io.porpoise.definition.ReleaseState;
import io.porpoise.definition.ScheduleSettings.Misfire;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.TimeoutStrategy;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.Priority;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentReaderTest {
  private static WorkflowDocument read(String text) {
    ReadResult result = DocumentReader.read(text, TaskTypes.all());
    assertThat(result.errors()).isEmpty();
    return result.document();
  }

  private static TaskDefinition task(String keys) {
    return read("workflow: {name: w}\ntasks: [{name: t, task_type: Shell, command: c, "
            + keys
            + "}]")
        .definition()
        .tasks()
        .get(0);
  }

  @Test
  void the_contract_example_is_read_in_full() {
    WorkflowDocument document =
        read(
            """
            workflow:
              name: daily_etl
              project: tutorial              # the URL or the CLI may name it instead
              description: what it is for
              release_state: online          # default online
              schedule: "0 0 2 * * ? *"      # or  every: 90s
              timezone: Asia/Shanghai
              start_time: 2026-01-01
              misfire: fire_once             # skip | fire_once | fire_all
              execution_type: SERIAL_WAIT
              failure_strategy: END
              timeout: 2h
              worker_group: default
              param: {biz: "$[yyyy-MM-dd-1]"}
            tasks:
              - name: extract
                task_type: Shell
                command: |
                  echo "extracting ${biz}"
                  echo '${setValue(rows=42)}'
                output_params: {rows: INTEGER()}
                fail_retry_times: 3
                fail_retry_interval: 10s
              - name: load
                task_type: Shell
                deps: [extract]
                command: echo "loaded ${rows} rows"
            """);

    assertThat(document.project()).isEqualTo("tutorial");
    assertThat(document.releaseState()).isEqualTo(ReleaseState.ONLINE);
    assertThat(document.schedule().cron()).isEqualTo("0 0 2 * * ? *");
    assertThat(document.schedule().zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
    assertThat(document.schedule().start()).isEqualTo(LocalDateTime.of(2026, 1, 1, 0, 0));
    assertThat(document.schedule().misfire()).isEqualTo(Misfire.FIRE_ONCE);
    WorkflowDefinition definition = document.definition();
    assertThat(definition.name()).isEqualTo("daily_etl");
    assertThat(definition.description()).isEqualTo("what it is for");
    assertThat(definition.executionType()).isEqualTo(ExecutionType.SERIAL_WAIT);
    assertThat(definition.failureStrategy()).isEqualTo(FailureStrategy.END);
    assertThat(definition.timeout()).isEqualTo(Duration.ofHours(2));
    assertThat(definition.workerGroup()).isEqualTo("default");
    assertThat(definition.params()).containsExactly(Parameter.in("biz", "$[yyyy-MM-dd-1]"));
    assertThat(definition.edges()).containsExactly(new Edge("extract", "load"));
    TaskDefinition extract = definition.tasks().get(0);
    assertThat(extract)
        .isEqualTo(
            TaskDefinition.shell(
                    "extract", "echo \"extracting ${biz}\"\necho '${setValue(rows=42)}'\n")
                .withRetries(3, Duration.ofSeconds(10))
                .withParams(List.of(new Parameter("rows", Direction.OUT, Type.INTEGER, ""))));
  }

  @Test
  void every_task_attribute_is_read() {
    TaskDefinition task =
        task(
            """
            description: d, flag: "NO", task_priority: high, worker_group: gpu, environment_name: py,
            tenant: etl, delay_time: 5, fail_retry_times: 2, fail_retry_interval: 3, timeout: 90s,
            timeout_notify_strategy: warnfailed, is_cache: true, resource_list: [a.sql, {resourceName: b.sql}],
            task_group_name: db, task_group_priority: 7, cpu_quota: 50, memory_max: 512,
            on_worker_loss: at_once, execute_type: STREAM
            """);

    assertThat(task)
        .isEqualTo(
            new TaskDefinition(
                "t",
                "d",
                "SHELL",
                true,
                Priority.HIGH,
                "gpu",
                "py",
                "etl",
                2,
                Duration.ofMinutes(3),
                Duration.ofSeconds(90),
                TimeoutStrategy.WARNFAILED,
                Duration.ofMinutes(5),
                "db",
                7,
                List.of("a.sql", "b.sql"),
                true,
                50,
                512,
                OnWorkerLoss.AT_ONCE,
                true,
                List.of(),
                Map.of("command", "c")));
  }

  @Test
  void what_is_not_said_has_its_default() {
    assertThat(task("description: , timeout: 0, task_group_id: 0"))
        .isEqualTo(TaskDefinition.shell("t", "c"));
  }

  @Test
  void parameters_may_be_written_in_many_ways() {
    assertThat(
            task("""
                    input_params: {a: text, b: 123, c: 0.1, d: True, e: "", f: , g: DATE(2026-01-01), h: [1, "x"]},
                    output_params: [o1, {o2: INTEGER()}, {prop: o3, type: file, value: out.txt}],
                    local_params: [{prop: l1, direct: IN, type: VARCHAR, value: v}, {prop: l2, direct: out}]
                    """)
                .params())
        .containsExactly(
            Parameter.in("l1", "v"),
            Parameter.in("a", "text"),
            new Parameter("b", Direction.IN, Type.INTEGER, "123"),
            new Parameter("c", Direction.IN, Type.FLOAT, "0.1"),
            new Parameter("d", Direction.IN, Type.BOOLEAN, "true"),
            Parameter.in("e", ""),
            Parameter.in("f", ""),
            new Parameter("g", Direction.IN, Type.DATE, "2026-01-01"),
            new Parameter("h", Direction.IN, Type.LIST, "[1,\"x\"]"),
            Parameter.out("l2"),
            Parameter.out("o1"),
            new Parameter("o2", Direction.OUT, Type.INTEGER, ""),
            new Parameter("o3", Direction.OUT, Type.FILE, "out.txt"));
  }

  @Test
  void json_of_the_same_shape_says_the_same() {
    String yaml =
        "workflow: {name: w, param: {a: 1}}\ntasks:\n- {name: t, task_type: Shell, command: 'é\uD83D\uDC2C'}";
    String json =
        "\uFEFF\t{\"workflow\":{\"name\":\"w\",\"param\":{\"a\":1}},\r\n\"tasks\":[{\"name\":\"t\","
            + "\"task_type\":\"Shell\",\"command\":\"\\u00e9\\ud83d\\udc2c\"}]}";

    assertThat(read(json)).isEqualTo(read(yaml));
  }

  @Test
  void aliases_anchors_at_the_top_and_merge_keys_work() {
    WorkflowDocument document =
        read(
            """
            command: &command "echo shared"
            defaults: &defaults {task_type: Shell, fail_retry_times: 2, command: other}
            workflow: {name: w}
            tasks:
              - {name: a, <<: *defaults}
              - {name: b, command: *command, <<: *defaults}
            """);

    assertThat(document.definition().tasks())
        .extracting(t -> t.taskParams().get("command"))
        .containsExactly("other", "echo shared");
    assertThat(document.definition().tasks()).allMatch(t -> t.failRetryTimes() == 2);
  }

  @Test
  void settings_without_effect_yet_are_kept_and_run_is_told() {
    WorkflowDocument document =
        read(
            """
            workflow: {name: w, run: true, user: u, warning_type: ALL, warning_group_id: 3, release_state: offline}
            tasks: [{name: t, task_type: Shell, command: x}]
            """);

    assertThat(document.kept())
        .isEqualTo(Map.of("user", "u", "warning_type", "ALL", "warning_group_id", 3));
    assertThat(document.isRunAsked()).isTrue();
    assertThat(document.releaseState()).isEqualTo(ReleaseState.OFFLINE);
  }

  @Test
  void the_server_says_which_types_it_runs() {
    String text = "workflow: {name: w}\ntasks: [{name: t, task_type: Python, definition: print()}]";

    assertThat(DocumentReader.read(text, TaskTypes.standard()).errors())
        .containsExactly(
            new DocumentError(
                2,
                30,
                "tasks[0].task_type",
                "task type Python is not supported yet; supported are: Shell, SubWorkflow, Switch, Condition, NoOp"));
    assertThat(TaskTypes.standard().find("sub workflow").runsOnMaster()).isTrue();
    assertThat(TaskTypes.ofSupported(java.util.Set.of("SHELL", "SWITCH")).supported())
        .containsExactly("Shell", "Switch");
  }
}
