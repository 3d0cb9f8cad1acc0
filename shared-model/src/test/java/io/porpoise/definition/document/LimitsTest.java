package io.porpoise.definition.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.expression.Bounds;
import java.lang.management.ManagementFactory;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each limit from both sides: the largest that is taken, and one more. */
class LimitsTest {
  private static String errors(String text) {
    return String.join(
        "\n",
        DocumentReader.read(text, TaskTypes.all()).errors().stream()
            .map(DocumentError::toString)
            .toList());
  }

  private static Arguments limit(
      String what, int largest, IntFunction<String> text, String refusal) {
    return Arguments.of(what, text.apply(largest), text.apply(largest + 1), refusal);
  }

  private static String workflow(String keys) {
    return "workflow: {name: w, " + keys + "}\ntasks: [{name: t, task_type: Shell, command: x}]";
  }

  private static String task(String keys) {
    return "workflow: {name: w}\ntasks: [{name: t, task_type: Shell, " + keys + "}]";
  }

  private static String shell(String keys) {
    return task("command: x, " + keys);
  }

  /** Five branches whose conditions have so many characters together. */
  private static String manyConditions(int chars) {
    StringBuilder document = new StringBuilder("workflow: {name: w}\ntasks:\n");
    document.append("- {name: s, task_type: Switch, condition: [");
    for (int left = chars, i = 0; left > 0; i++) {
      int its = Math.min(left, Bounds.EXPRESSION_CHARS_MAX - 100);
      document.append(i == 0 ? "" : ", ").append("{task: t").append(i).append(", condition: '");
      document.append(its < 4 ? "1".repeat(its) : "true" + " ".repeat(its - 4)).append("'}");
      left -= its;
    }
    document.append("]}\n");
    for (int i = 0; i < 5; i++) {
      document.append("- {name: t").append(i).append(", task_type: Shell, command: c}\n");
    }
    return document.toString();
  }

  private static String switched(String condition) {
    return "workflow: {name: w}\ntasks:\n- {name: t, task_type: Shell, command: x}\n"
        + "- {name: s, task_type: Switch, condition: [{task: t, condition: '"
        + condition
        + "'}]}";
  }

  private static String numbered(int count, String form) {
    return IntStream.range(0, count)
        .mapToObj(i -> form.replace("#", String.valueOf(i)))
        .collect(Collectors.joining(", "));
  }

  private static String tasks(int count) {
    return "{\"workflow\": {\"name\": \"w\"}, \"tasks\": ["
        + numbered(count, "{\"name\": \"t#\", \"task_type\": \"Shell\", \"command\": \"x\"}")
        + "]}";
  }

  /** Two layers with all edges between them, and one task more with the rest. */
  private static String edges(int count) {
    int width = 400;
    String upper =
        numbered(width, "{\"name\": \"u#\", \"task_type\": \"Shell\", \"command\": \"x\"}");
    String deps = numbered(width, "\"u#\"");
    String lower =
        numbered(
            count / width,
            "{\"name\": \"l#\", \"task_type\": \"Shell\", \"command\": \"x\", \"deps\": ["
                + deps
                + "]}");
    String rest =
        "{\"name\": \"rest\", \"task_type\": \"Shell\", \"command\": \"x\", \"deps\": ["
            + numbered(count % width, "\"u#\"")
            + "]}";
    return "{\"workflow\": {\"name\": \"w\"}, \"tasks\": ["
        + upper
        + ", "
        + lower
        + ", "
        + rest
        + "]}";
  }

  private static String nested(int levels) {
    int inside = levels - 3;
    return workflow("resource_plugin: " + "[".repeat(inside + 1) + "]".repeat(inside + 1));
  }

  static Stream<Arguments> limits() {
    return Stream.of(
        limit(
            "a body",
            Limits.BODY_MAX,
            chars -> {
              String text = shell("") + "\n#";
              return text + "#".repeat(chars - text.length());
            },
            "too large: 8388609 characters, at most 8388608"),
        limit(
            "values as written",
            Limits.NODES_MAX,
            count -> {
              int others = 13;
              return workflow("user: [" + "x,".repeat(count - others - 3) + "]");
            },
            "too large: more than 1000000 values"),
        limit("levels", Limits.DEPTH_MAX, LimitsTest::nested, "nested more than 64 levels deep"),
        limit(
            "tasks", Limits.TASKS_MAX, LimitsTest::tasks, "tasks: too many: 20001, at most 20000"),
        limit(
            "edges",
            Limits.EDGES_MAX,
            LimitsTest::edges,
            "tasks: too many edges: 200001, at most 200000"),
        limit(
            "global parameters",
            Limits.PARAMETERS_MAX,
            count -> workflow("param: {" + numbered(count, "p#: v") + "}"),
            "workflow.param: too many: 2001, at most 2000"),
        limit(
            "parameters of a task",
            Limits.PARAMETERS_MAX,
            count -> shell("output_params: [" + numbered(count, "p#") + "]"),
            "tasks[0].output_params: too many: 2001, at most 2000"),
        limit(
            "a name",
            Limits.NAME_CHARS_MAX,
            chars -> "workflow: {name: " + "n".repeat(chars) + "}\n" + shell("").split("\n")[1],
            "workflow.name: too long: 201 characters, at most 200"),
        limit(
            "a parameter's name",
            Limits.NAME_CHARS_MAX,
            chars -> workflow("param: {" + "n".repeat(chars) + ": v}"),
            "the name of a parameter must have 1 to 200 characters"),
        limit(
            "a description",
            Limits.DESCRIPTION_CHARS_MAX,
            chars -> workflow("description: " + "d".repeat(chars)),
            "workflow.description: too long: 2001 characters, at most 2000"),
        limit(
            "a parameter's value",
            Limits.VALUE_CHARS_MAX,
            chars -> workflow("param: {p: " + "v".repeat(chars) + "}"),
            "workflow.param.p: too long: 65537 characters, at most 65536"),
        limit(
            "a script",
            Limits.TEXT_CHARS_MAX,
            chars -> task("command: " + "x".repeat(chars)),
            "tasks[0].command: too long: 1048577 characters, at most 1048576"),
        limit(
            "retries",
            10_000,
            count -> shell("fail_retry_times: " + count),
            "tasks[0].fail_retry_times: must be between 0 and 10000"),
        limit(
            "resources",
            1_000,
            count -> shell("resource_list: [" + numbered(count, "r#") + "]"),
            "tasks[0].resource_list: too many: 1001, at most 1000"),
        limit(
            "days of a duration",
            3_650,
            days -> shell("timeout: " + days + "d"),
            "tasks[0].timeout: must be a duration"),
        limit(
            "a condition's length",
            Bounds.EXPRESSION_CHARS_MAX,
            chars -> switched("true" + " ".repeat(chars - 4)),
            "not a condition: in its column 1: too long: 16385 characters, at most 16384"),
        limit(
            "the conditions of a switch",
            Limits.CONDITIONS_CHARS_MAX,
            LimitsTest::manyConditions,
            "tasks[0].condition: the conditions are too long: 32769 characters together, at most"
                + " 32768"),
        limit(
            "a condition's operators",
            Bounds.OPERATORS_MAX,
            count -> switched("true" + " && true".repeat(count)),
            "too many operators: at most 200"),
        limit(
            "a condition's values",
            Bounds.OPERANDS_MAX,
            count -> switched("[" + "1,".repeat(count - 2) + "1].includes(1)"),
            "too many values: at most 1000"),
        limit(
            "a condition's levels",
            Bounds.DEPTH_MAX,
            levels -> switched("(".repeat(levels) + "true" + ")".repeat(levels)),
            "nested more than 20 levels deep"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("limits")
  void holds_on_both_sides(String what, String largest, String above, String refusal) {
    assertThat(errors(largest)).isEmpty();
    assertThat(errors(above)).contains(refusal);
  }

  @Test
  void a_large_workflow_is_read_in_well_under_three_seconds() {
    int count = 10_000;
    StringBuilder yaml = new StringBuilder("workflow:\n  name: w\n  param:\n");
    for (int i = 0; i < 1_000; i++) {
      yaml.append("    p").append(i).append(": ${p").append(i / 2).append("}\n");
    }
    yaml.append("tasks:\n");
    for (int i = 0; i < count; i++) {
      yaml.append("- name: task_").append(i).append("\n  task_type: Shell\n  command: |\n");
      yaml.append("    echo ${p").append(i % 1_000).append("}\n");
      yaml.append(i == 0 ? "    " + "x".repeat(Limits.TEXT_CHARS_MAX - 100) + "\n" : "");
      int deps = Math.min(i, i < 10 ? i : 5);
      yaml.append("  deps: [");
      for (int d = 1; d <= deps; d++) {
        yaml.append(d == 1 ? "" : ", ").append("task_").append(i - d * Math.max(1, i / 10));
      }
      yaml.append("]\n");
    }
    String text = yaml.toString();

    long started = cpuNanos();
    ReadResult result = DocumentReader.read(text, TaskTypes.standard());
    long read = cpuNanos();
    String json = CanonicalJson.write(result.document());
    long written = cpuNanos();
    WorkflowDocument stored = CanonicalJson.read(json);
    long readAgain = cpuNanos();

    assertThat(result.errors()).isEmpty();
    assertThat(stored).isEqualTo(result.document());
    assertThat(stored.definition().tasks()).hasSize(count);
    assertThat(stored.definition().edges()).hasSizeGreaterThan(49_900);
    System.out.printf(
        "%,d tasks, %,d edges, %,d characters: YAML read and checked in %d ms, written as JSON in"
            + " %d ms, read again in %d ms of processor time%n",
        count,
        stored.definition().edges().size(),
        text.length(),
        (read - started) / 1_000_000,
        (written - read) / 1_000_000,
        (readAgain - written) / 1_000_000);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
