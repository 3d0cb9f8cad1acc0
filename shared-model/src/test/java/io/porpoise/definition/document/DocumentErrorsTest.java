package io.porpoise.definition.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentErrorsTest {
  private static final String GOOD =
      """
      workflow:
        name: w
        param: {a: "1"}
      tasks:
        - name: first
          task_type: Shell
          command: echo ${a}
        - name: second
          task_type: Switch
          deps: [first]
          condition: [{task: third, condition: "${a} > 1"}]
        - {name: third, task_type: Shell, command: "x", output_params: {rows: INTEGER()}}
      """;

  private static String errors(String text) {
    ReadResult result = DocumentReader.read(text, TaskTypes.all());
    assertThat(result.isValid()).isEqualTo(result.document() != null);
    return String.join("\n", result.errors().stream().map(DocumentError::toString).toList());
  }

  private static Arguments workflow(String situation, String keys, String expect) {
    return Arguments.of(
        situation,
        "workflow: {name: w, " + keys + "}\ntasks: [{name: t, task_type: Shell, command: x}]",
        expect);
  }

  private static Arguments task(String situation, String keys, String expect) {
    return Arguments.of(situation, "workflow: {name: w}\ntasks:\n- {" + keys + "}", expect);
  }

  static Stream<Arguments> documents() {
    String shell = "name: t, task_type: Shell, command: x, ";
    return Stream.of(
        Arguments.of("empty", "", "line 1, column 1: the document is empty"),
        Arguments.of("only a comment", "# nothing", "line 1, column 1: the document is empty"),
        Arguments.of(
            "a text",
            "hello",
            "must be a mapping of keys to values, is \"hello\"\n"
                + "line 1, column 1: \"workflow\" is missing\nline 1, column 1: \"tasks\" is missing"),
        Arguments.of("a list", "- a", "must be a mapping of keys to values, is a list"),
        Arguments.of(
            "no tasks",
            "workflow: {name: w}\ntasks: []",
            "line 2, column 8: tasks: a workflow must have at least one task"),
        Arguments.of(
            "tasks is no list",
            "workflow: {name: w}\ntasks: {a: b}",
            "line 2, column 8: tasks: must be a list, is a mapping"),
        Arguments.of(
            "unknown top key",
            GOOD + "workflwo: 1",
            "line 13, column 1: workflwo: unknown key \"workflwo\"; did you mean \"workflow\"?"),
        workflow(
            "unknown key",
            "timout: 3",
            "line 1, column 21: workflow.timout: unknown key \"timout\"; did you mean \"timeout\"?"),
        workflow(
            "unknown key far from all",
            "zzzzzz: 3",
            "line 1, column 21: workflow.zzzzzz: unknown key \"zzzzzz\""),
        workflow(
            "duplicate key",
            "name: v",
            "line 1, column 21: workflow.name: duplicate key \"name\", first in line 1"),
        workflow(
            "bad enum",
            "execution_type: SERIAL",
            "must be one of PARALLEL, SERIAL_WAIT, SERIAL_DISCARD, SERIAL_PRIORITY, is \"SERIAL\""),
        workflow(
            "bad duration",
            "timeout: soon",
            "workflow.timeout: must be a duration: minutes as a bare number, or 90s, 30m, 2h, 1d (at most 3650d), is \"soon\""),
        workflow("negative duration", "timeout: -1", "workflow.timeout: must be a duration"),
        workflow("too long a duration", "timeout: 9999d", "workflow.timeout: must be a duration"),
        workflow(
            "bad cron",
            "schedule: '* * *'",
            "workflow.schedule: must be a cron of 6 or 7 fields (second minute hour day-of-month month day-of-week [year]), has 3"),
        workflow(
            "strange letters in a cron",
            "schedule: '0 0 0 $ * ?'",
            "a cron has only letters, digits and * / , - ? # in its fields, is \"0 0 0 $ * ?\""),
        workflow(
            "two schedules",
            "schedule: '0 0 0 * * ?', every: 3",
            "\"schedule\" and \"every\" exclude each other; keep one"),
        workflow(
            "unknown zone",
            "timezone: Asia/Shangai",
            "unknown time zone \"Asia/Shangai\"; did you mean \"Asia/Shanghai\"? (names are like Europe/Berlin or UTC)"),
        workflow(
            "bad time",
            "start_time: 2026-02-30",
            "workflow.start_time: must be a date or time such as 2026-01-31 or 2026-01-31 08:30:00, is \"2026-02-30\""),
        workflow(
            "window upside down",
            "start_time: 2026-02-02, end_time: 2026-02-01",
            "end_time must be after start_time"),
        workflow("every zero", "every: 0", "workflow.every: must be at least 1s"),
        workflow("param of a wrong type", "param: 5", "workflow.param: must be a list, is \"5\""),
        workflow(
            "param with a brace in its name",
            "param: {'a}': 1}",
            "the name of a parameter must not contain any of ${}=() or line breaks"),
        workflow(
            "param is a map",
            "param: {a: {b: c}}",
            "line 1, column 32: workflow.param.a: must be a text, is a mapping"),
        task(
            "no name",
            "task_type: Shell, command: x",
            "line 3, column 3: tasks[0]: \"name\" is missing"),
        task(
            "empty name",
            "name: '', task_type: Shell, command: x",
            "line 3, column 10: tasks[0].name: must not be empty"),
        task(
            "name of blanks around",
            "name: ' t', task_type: Shell, command: x",
            "tasks[0].name: must not begin or end with a blank"),
        task(
            "name with a line break",
            "name: \"a\\nb\", task_type: Shell, command: x",
            "tasks[0].name: must not contain line breaks or control characters"),
        task(
            "name too long",
            "name: " + "n".repeat(201) + ", task_type: Shell, command: x",
            "tasks[0].name: too long: 201 characters, at most 200"),
        task(
            "name is a list",
            "name: [a], task_type: Shell, command: x",
            "tasks[0].name: must be a text, is a list"),
        task("no type", "name: t, command: x", "\"task_type\" is missing"),
        task(
            "a typing mistake in a task without a type",
            "name: t, comand: x",
            "tasks[0].comand: unknown key \"comand\"; did you mean \"command\"?"),
        task(
            "a wrong value in a task without a type",
            "name: t, command: [x], condition: [{task: nobody}]",
            "tasks[0].command: must be a text, is a list"),
        task(
            "a wrong name in a task of an unknown type",
            "name: t, task_type: Switc, condition: [{task: nobody}]",
            "tasks[0].condition[0].task: unknown task \"nobody\""),
        task(
            "unknown type",
            "name: t, task_type: Shel, command: x",
            "line 3, column 24: tasks[0].task_type: unknown task type \"Shel\"; did you mean \"Shell\"? (supported are: Shell, SubWorkflow, Switch, Condition, NoOp, Dependent)"),
        task(
            "no command",
            "name: t, task_type: Shell",
            "line 3, column 3: tasks[0]: \"command\" is missing"),
        task(
            "empty command",
            "name: t, task_type: Shell, command: ' '",
            "tasks[0].command: must not be empty"),
        task(
            "command is a list",
            "name: t, task_type: Shell, command: [x]",
            "tasks[0].command: must be a text, is a list"),
        task(
            "unknown task key",
            shell + "fail_retry_time: 3",
            "tasks[0].fail_retry_time: unknown key \"fail_retry_time\"; did you mean \"fail_retry_times\"?"),
        task(
            "a number that is none",
            shell + "fail_retry_times: many",
            "tasks[0].fail_retry_times: must be a whole number, is \"many\""),
        task(
            "a number out of range",
            shell + "fail_retry_times: -1",
            "tasks[0].fail_retry_times: must be between 0 and 10000, is \"-1\""),
        task(
            "a huge number",
            shell + "fail_retry_times: 99999999999999",
            "must be between 0 and 10000, is \"99999999999999\""),
        task(
            "a flag that is none",
            shell + "is_cache: maybe",
            "tasks[0].is_cache: must be true or false, is \"maybe\""),
        task(
            "deps of a wrong type",
            shell + "deps: {a: b}",
            "tasks[0].deps: must be a list, is a mapping"),
        task(
            "unknown dependency",
            shell + "deps: [tt]",
            "line 3, column 50: tasks[0].deps[0]: unknown task \"tt\"; did you mean \"t\"?"),
        task("itself", shell + "deps: [t]", "line 3, column 3: tasks[0]: cycle: t -> t"),
        task(
            "unknown parameter type",
            shell + "output_params: {a: INTEGR()}",
            "tasks[0].output_params.a: unknown parameter type INTEGR; did you mean \"INTEGER\"?"),
        task(
            "a number that is none",
            shell + "input_params: {a: INTEGER(x)}",
            "tasks[0].input_params.a: the value of parameter \"a\" of type INTEGER must be a whole number"),
        task(
            "parameter twice",
            shell + "output_params: [a, a]",
            "the OUT parameter \"a\" stands here twice"),
        task(
            "a value too long",
            shell + "input_params: {a: " + "v".repeat(65537) + "}",
            "too long: 65537 characters, at most 65536"),
        task(
            "switch without branch",
            "name: t, task_type: Switch, condition: []",
            "tasks[0].condition: must not be empty"),
        task(
            "switch with two defaults",
            "name: t, task_type: Switch, condition: [{task: a}, {task: b}]",
            "only one branch, the default, may have no condition"),
        task(
            "switch to an unknown task",
            "name: t, task_type: Switch, condition: [{task: a}]",
            "tasks[0].condition[0].task: unknown task \"a\""),
        task(
            "switch with two branches to one task",
            "name: t, task_type: Switch, condition: [{task: a, condition: 'true'}, {task: a}]",
            "line 3, column 81: tasks[0].condition[1].task: another branch leads to this task already; join their conditions with ||"),
        task(
            "switch with a branch without a task",
            "name: t, task_type: Switch, condition: [{condition: 'true'}]",
            "tasks[0].condition[0]: \"task\" is missing"),
        task(
            "switch with a condition that cannot be parsed",
            "name: t, task_type: Switch, condition: [{task: t, condition: '${a} = 1'}]",
            "line 3, column 65: tasks[0].condition[0].condition: not a condition: in its column 6: nothing can be assigned; to compare write =="),
        task(
            "switch with an empty condition",
            "name: t, task_type: Switch, condition: [{task: t, condition: ''}]",
            "tasks[0].condition[0].condition: not a condition: in its column 1: it is empty"),
        task(
            "switch with a condition that is a list",
            "name: t, task_type: Switch, condition: [{task: t, condition: [1]}]",
            "tasks[0].condition[0].condition: must be a text, is a list"),
        task(
            "switch that leads to itself",
            "name: t, task_type: Switch, condition: [{task: t}]",
            "tasks[0]: cycle: t -> t"),
        task(
            "condition that leads to an unknown task",
            "name: t, task_type: Condition, op: OR, success_task: s, failed_task: [t, f], groups: [{op: AND, groups: [{task: g, flag: true}]}]",
            "tasks[0].success_task: unknown task \"s\""),
        task(
            "condition over an unknown task",
            "name: t, task_type: Condition, op: OR, groups: [{op: AND, groups: [{task: g, flag: true}]}]",
            "tasks[0].groups[0].groups[0].task: unknown task \"g\""),
        task(
            "condition over itself",
            "name: t, task_type: Condition, op: OR, groups: [{op: AND, groups: [{task: t, flag: true}]}]",
            "tasks[0]: cycle: t -> t"),
        task(
            "condition without groups",
            "name: t, task_type: Condition, op: OR, groups: []",
            "tasks[0].groups: must not be empty"),
        task(
            "condition with an empty group",
            "name: t, task_type: Condition, op: OR, groups: [{op: AND, groups: []}]",
            "tasks[0].groups[0].groups: must not be empty"),
        task(
            "its own sub-workflow",
            "name: t, task_type: SubWorkflow, workflow_name: w",
            "line 3, column 52: tasks[0].workflow_name: a workflow cannot be its own sub-workflow; name another one"),
        task(
            "sub-workflow without a name",
            "name: t, task_type: SubWorkflow",
            "line 3, column 3: tasks[0]: \"workflow_name\" is missing"),
        task(
            "condition with a bad op",
            "name: t, task_type: Condition, op: XOR, groups: [{op: AND, groups: [{task: t, flag: true}]}]",
            "tasks[0].op: must be one of AND, OR, is \"XOR\""),
        task(
            "condition item without flag",
            "name: t, task_type: Condition, op: OR, groups: [{op: AND, groups: [{task: t}]}]",
            "tasks[0].groups[0].groups[0]: \"flag\" is missing"),
        task(
            "unknown dependent date",
            "name: t, task_type: Dependent, op: OR, groups: [{op: AND, groups: [{project_name: p, workflow_name: w, dependent_date: lastMonda}]}]",
            "unknown dependent_date \"lastMonda\"; did you mean \"lastMonday\"?"),
        Arguments.of(
            "duplicate name",
            GOOD.replace("name: second", "name: first"),
            "line 8, column 5: tasks[1]: duplicate task name \"first\", first in line 5"),
        Arguments.of(
            "cycle",
            GOOD.replace("command: echo ${a}", "deps: [third]\n    command: x"),
            "cycle: first -> second -> third -> first"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("documents")
  void each_error_names_place_and_remedy(String situation, String text, String expect) {
    assertThat(errors(text)).contains(expect);
  }

  @Test
  void the_good_document_is_good() {
    assertThat(errors(GOOD)).isEmpty();
  }

  @Test
  void all_errors_are_told_at_once_by_line() {
    assertThat(
            errors(
                """
                workflow:
                  nam: w
                tasks:
                  - {name: a, task_type: Shell, comand: x}
                  - {name: b, task_type: Shell, command: x, deps: [c], timeout: x}
                """))
        .isEqualTo(
            """
            line 2, column 3: workflow: "name" is missing
            line 2, column 3: workflow.nam: unknown key "nam"; did you mean "name"?
            line 4, column 5: tasks[0]: "command" is missing
            line 4, column 33: tasks[0].comand: unknown key "comand"; did you mean "command"?
            line 5, column 52: tasks[1].deps[0]: unknown task "c"; did you mean "a"?
            line 5, column 65: tasks[1].timeout: must be a duration: minutes as a bare number, or 90s, 30m, 2h, 1d (at most 3650d), is "x\"""");
  }

  @Test
  void a_file_full_of_errors_tells_the_first_hundred() {
    String text =
        "workflow: {name: w}\ntasks:\n"
            + "- {name: t, task_type: Shell, command: x, deps: [nobody], foo: bar}\n".repeat(5_000);

    assertThat(DocumentReader.read(text, TaskTypes.all()).errors()).hasSize(Limits.ERRORS_MAX + 1);
    assertThat(errors(text)).endsWith("more errors");
  }
}
