package io.porpoise.definition.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every key that a file may have: read, written back as YAML and JSON, and its mistakes. */
class KeysTest {
  private static final String WORKFLOW =
      "workflow:\n  name: w\n  %s: %s\ntasks: [{name: t, task_type: Shell, command: c}]\n";
  private static final String TASK =
      "workflow: {name: w}\ntasks:\n- name: t\n  task_type: Shell\n  command: c\n  %s: %s\n";
  private static final String LOGIC =
      "workflow: {name: w}\ntasks:\n- {name: a, task_type: Shell, command: c}\n- {name: t, %s}\n"
          + "- {name: b, task_type: Shell, command: c}\n";

  private static ReadResult read(String text) {
    return DocumentReader.read(text, TaskTypes.all());
  }

  private static void comesBack(String text, String written) {
    ReadResult result = read(text);
    assertThat(result.errors()).isEmpty();
    WorkflowDocument document = result.document();
    String yaml = YamlText.write(document);
    assertThat(yaml).contains(written);
    assertThat(read(yaml).document()).isEqualTo(document);
    String json = CanonicalJson.write(document);
    WorkflowDocument stored = document.in(null, null);
    assertThat(CanonicalJson.read(json)).isEqualTo(stored);
    assertThat(read(json).document()).isEqualTo(stored);
  }

  private static void isWrong(String text, String place, String message) {
    assertThat(read(text).errors().toString()).contains(place + message);
  }

  /** One letter less in the middle. */
  private static String mistyped(String key) {
    return key.substring(0, key.length() / 2) + key.substring(key.length() / 2 + 1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          description      | what it is for             | description: what it is for      | [a]      | must be a text, is a list
          project          | tutorial                   | project: tutorial                | ' p'     | must not begin or end with a blank
          release_state    | OFFLINE                    | release_state: offline           | off      | must be one of ONLINE, OFFLINE, is "off"
          schedule         | 0 0 2 * * ? *              | schedule: 0 0 2 * * ? *          | daily    | must be a cron of 6 or 7 fields
          every            | 90                         | every: 90m                       | 0s       | must be at least 1s
          every            | 90s                        | every: 90s                       | often    | must be a duration
          timezone         | Asia/Shanghai              | timezone: Asia/Shanghai          | Mars     | unknown time zone "Mars"
          start_time       | 2026-01-01                 | start_time: 2026-01-01 00:00:00  | soon     | must be a date or time such as
          end_time         | 2026/01/01 10:00:01        | end_time: 2026-01-01 10:00:01    | 2026-1-1 | must be a date or time such as
          misfire          | Fire_All                   | misfire: fire_all                | all      | must be one of SKIP, FIRE_ONCE, FIRE_ALL, is "all"
          online_schedule  | false                      | online_schedule: false           | maybe    | must be true or false, is "maybe"
          execution_type   | serial_priority            | execution_type: SERIAL_PRIORITY  | SERIAL   | must be one of PARALLEL, SERIAL_WAIT, SERIAL_DISCARD, SERIAL_PRIORITY
          failure_strategy | end                        | failure_strategy: END            | STOP     | must be one of CONTINUE, END, is "STOP"
          priority         | HIGHEST                    | priority: HIGHEST                | top      | must be one of HIGHEST, HIGH, MEDIUM, LOW, LOWEST
          timeout          | 120                        | timeout: 2h                      | -3       | must be a duration
          worker_group     | gpu                        | worker_group: gpu                | ""       | must not be empty
          param            | {biz: "$[yyyy-MM-dd-1]"}   | biz: $[yyyy-MM-dd-1]             | biz      | must be a list, is "biz"
          param            | [{prop: n, type: LONG, value: 5}] | type: LONG                | [{prop: n, typ: LONG}] | unknown key "typ"; did you mean "type"?
          user             | admin                      | user: admin                      |          |
          warning_type     | FAILURE                    | warning_type: FAILURE            | SOME     | must be one of NONE, SUCCESS, FAILURE, ALL, is "SOME"
          warning_group_id | 3                          | warning_group_id: 3              |          |
          resource_list    | [a.sql]                    | - a.sql                          |          |
          """)
  void of_a_workflow(String key, String value, String written, String wrong, String message) {
    comesBack(WORKFLOW.formatted(key, value), written);
    if (wrong != null) {
      isWrong(WORKFLOW.formatted(key, wrong), "line 3, column ", "");
      isWrong(WORKFLOW.formatted(key, wrong), "workflow." + key, "");
      isWrong(WORKFLOW.formatted(key, wrong), "", message);
    }
    isWrong(
        WORKFLOW.formatted(mistyped(key), value),
        "line 3, column 3: workflow." + mistyped(key) + ": ",
        "unknown key \"" + mistyped(key) + "\"; did you mean \"" + key + "\"?");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          description             | what it does        | description: what it does       | {a: b}    | must be a text, is a mapping
          flag                    | NO                  | flag: NO                        | MAYBE     | must be true or false, is "MAYBE"
          flag                    | false               | flag: NO                        | 1         | must be true or false, is "1"
          task_priority           | lowest              | task_priority: LOWEST           | URGENT    | must be one of HIGHEST, HIGH, MEDIUM, LOW, LOWEST
          worker_group            | gpu                 | worker_group: gpu               | [gpu]     | must be a text, is a list
          environment_name        | py39                | environment_name: py39          | ' '       | must not be empty
          tenant                  | etl                 | tenant: etl                     | ' etl'    | must not begin or end with a blank
          fail_retry_times        | 3                   | fail_retry_times: 3             | 10001     | must be between 0 and 10000, is "10001"
          fail_retry_interval     | 90s                 | fail_retry_interval: 90s        | 90x       | must be a duration
          fail_retry_interval     | 5                   | fail_retry_interval: 5m         | 1.5       | must be a duration
          timeout                 | 2h                  | timeout: 2h                     | 2w        | must be a duration
          timeout                 | 1d                  | timeout: 1d                     | 3651d     | must be a duration
          timeout                 | 1h30m               | timeout: 90m                    | h         | must be a duration
          timeout_notify_strategy | FAILED              | timeout_notify_strategy: FAILED | KILL      | must be one of WARN, FAILED, WARNFAILED, is "KILL"
          timeout_notify_strategy | warnfailed          | timeout_notify_strategy: WARNFAILED | [WARN] | must be one of WARN, FAILED, WARNFAILED, is a list
          delay_time              | 20                  | delay_time: 20m                 | later     | must be a duration
          task_group_name         | db                  | task_group_name: db             | {id: 1}   | must be a text, is a mapping
          task_group_id           | 5                   | task_group_name: '5'            | [5]       | must be a text, is a list
          task_group_priority     | 9                   | task_group_priority: 9          | -1        | must be between 0 and 2147483647, is "-1"
          resource_list           | [a.sql, {resourceName: b.sql}] | - b.sql              | a.sql     | must be a list, is "a.sql"
          resource_list           | [{resourceName: b.sql}] | - b.sql                     | [{resorceName: b}] | unknown key "resorceName"; did you mean "resourceName"?
          is_cache                | true                | is_cache: true                  | perhaps   | must be true or false, is "perhaps"
          cpu_quota               | 150                 | cpu_quota: 150                  | -2        | must be between -1 and 1000000, is "-2"
          memory_max              | 2048                | memory_max: 2048                | 2g        | must be a whole number, is "2g"
          on_worker_loss          | AT_ONCE             | on_worker_loss: at_once         | never     | must be one of FENCED, AT_ONCE, is "never"
          execute_type            | stream              | execute_type: STREAM            | FLOW      | must be one of BATCH, STREAM, is "FLOW"
          input_params            | {n: INTEGER(5)}     | n: 5                            | {n: INTEGER(x)} | the value of parameter "n" of type INTEGER must be a whole number of 32 bits; a VARCHAR may be anything
          input_params            | {n: "$[yyyy]"}      | n: $[yyyy]                      | 5         | must be a list, is "5"
          output_params           | [rows, {f: LONG()}] | f: LONG()                       | {n: LNG()} | unknown parameter type LNG; did you mean "LONG"?
          local_params            | [{prop: n, direct: IN, type: DATE, value: 2026-01-01}] | n: DATE(2026-01-01) | [{direct: IN}] | "prop" is missing
          local_params            | [{prop: n, direct: OUT}] | output_params:             | [{prop: n, direct: UP}] | must be one of IN, OUT, is "UP"
          """)
  void of_a_task(String key, String value, String written, String wrong, String message) {
    comesBack(TASK.formatted(key, value), written);
    isWrong(TASK.formatted(key, wrong), "line 6, column ", "");
    isWrong(TASK.formatted(key, wrong), "tasks[0]." + key, "");
    isWrong(TASK.formatted(key, wrong), "", message);
    isWrong(
        TASK.formatted(mistyped(key), value),
        "line 6, column 3: tasks[0]." + mistyped(key) + ": ",
        "unknown key \"" + mistyped(key) + "\"; did you mean \"" + key + "\"?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          task_type: Shell, raw_script: x                                        | command: x
          task_type: SubWorkflow, workflow_name: other                           | workflow_name: other
          task_type: SubProcess, process_definition_name: other                  | workflow_name: other
          task_type: sub_workflow, workflow_name: other, project: p              | project: p
          task_type: Switch, condition: [{task: a}]                              | - task: a
          task_type: SWITCH, condition: [{condition: "1 > 2", task: a}]          | condition: 1 > 2
          task_type: Condition, op: or, groups: [{op: And, groups: [{task: a, flag: true}]}] | op: OR
          task_type: Conditions, op: AND, success_task: [a], groups: [{op: OR, groups: [{task: b, flag: "no"}]}] | flag: false
          task_type: Condition, op: AND, failed_task: a, groups: [{op: AND, groups: [{task: b, flag: 'YES'}]}] | failed_task:
          task_type: Dependent, denpendence: , op: OR, groups: [{op: OR, groups: [{project_name: p, workflow_name: w}]}] | dependent_date: today
          task_type: Dependent, op: OR, groups: [{op: OR, groups: [{project_name: p, workflow_name: w, dependent_task_name: t, dependent_date: LAST_ONE_DAYS}]}] | dependent_date: last1Days
          """)
  void of_a_task_type(String keys, String written) {
    comesBack(LOGIC.formatted(keys), written);
  }
}
