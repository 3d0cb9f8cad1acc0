package io.porpoise.definition.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.definition.Edge;
import io.porpoise.definition.OnWorkerLoss;
import io.porpoise.definition.Parameter;
import io.porpoise.definition.Parameter.Direction;
import io.porpoise.definition.ReleaseState;
import io.porpoise.definition.ScheduleSettings;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.TimeoutStrategy;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.instance.ExecutionType;
import io.porpoise.instance.FailureStrategy;
import io.porpoise.instance.Priority;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  private static final String[] TEXTS = {
    "",
    "x",
    "two\nlines\n",
    "no\nend",
    " blanks ",
    "trailing \nblank",
    "true",
    "True",
    "NO",
    "~",
    "null",
    "007",
    "-1",
    "1e3",
    ".5",
    "1_000",
    "0x1F",
    "2026-01-01",
    "a: b",
    "- a",
    "# no comment",
    "'",
    "\"",
    "\\",
    "${a} $[yyyy]",
    "INTEGER(5)",
    "INTEGER()",
    "FOO(1)",
    "汉字",
    "\uD83D\uDC2C",
    "tab\there",
    "\r\n",
    "\u0007",
    "{a: b}",
    "[a]",
    "*a",
    "&a",
    "!a",
    "|",
    ">",
    "%",
    "@",
    "<<",
    "=",
    "\u00a0",
    "\u2028",
    "\uFEFFx",
    "\u0085"
  };

  private final Random random = new Random(23);

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private String value(Parameter.Type type) {
    return switch (type) {
      case INTEGER -> anyOf("", "0", "007", "-1", "${n}", "2147483647");
      case LONG -> anyOf("", "0", "007", "-1", "${n}", "12345678901234");
      case FLOAT, DOUBLE -> anyOf("", "0", "-1", "${n}", "1e-5", ".5");
      case DATE -> anyOf("", "2026-02-28", "$[yyyy-MM-dd]");
      case TIME -> anyOf("", "08:30:00", "08:30", "${t}");
      case TIMESTAMP -> anyOf("", "2026-02-28 08:30:00", "2026-02-28T08:30", "1234567890123");
      case BOOLEAN -> anyOf("", "true", "False", "${b}");
      case LIST -> anyOf("", "[]", "[1, \"a)\"]", "${l}");
      case VARCHAR, FILE -> text();
    };
  }

  private String anyOf(String... values) {
    return values[random.nextInt(values.length)];
  }

  private <T> T maybe(T value) {
    return random.nextBoolean() ? value : null;
  }

  private <E extends Enum<E>> E any(Class<E> type) {
    return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
  }

  private List<Parameter> params(boolean local) {
    List<Parameter> params = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      for (int i = random.nextInt(4); i > 0; i--) {
        Parameter.Type type = any(Parameter.Type.class);
        params.add(new Parameter("p" + i, direction, type, value(type)));
      }
    }
    return local || random.nextBoolean()
        ? params
        : params.stream().filter(p -> p.direction() == Direction.IN).toList();
  }

  private TaskDefinition task(String name) {
    Map<String, Object> taskParams = new LinkedHashMap<>();
    String command = text();
    taskParams.put("command", command.isBlank() ? "x" : command);
    return new TaskDefinition(
        name,
        text(),
        "SHELL",
        random.nextBoolean(),
        any(Priority.class),
        maybe("gpu"),
        maybe("env"),
        maybe("true"),
        random.nextInt(4),
        Duration.ofSeconds(random.nextInt(5000)),
        maybe(Duration.ofSeconds(1 + random.nextInt(5000))),
        any(TimeoutStrategy.class),
        Duration.ofMinutes(random.nextInt(100)),
        maybe("12"),
        random.nextInt(3),
        random.nextBoolean() ? List.of() : List.of("a", "5"),
        random.nextBoolean(),
        random.nextInt(3) - 1,
        random.nextInt(3) - 1,
        any(OnWorkerLoss.class),
        random.nextBoolean(),
        params(true),
        taskParams);
  }

  private WorkflowDocument document() {
    List<TaskDefinition> tasks = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(5); i++) {
      for (int from = 0; from < i; from++) {
        if (random.nextBoolean()) {
          edges.add(new Edge("t" + from, "t" + i));
        }
      }
      tasks.add(task("t" + i));
    }
    return new WorkflowDocument(
        maybe("p"),
        maybe(any(ReleaseState.class)),
        false,
        random.nextBoolean()
            ? ScheduleSettings.NONE
            : new ScheduleSettings(
                "0 0 2 * * ?",
                null,
                maybe(ZoneId.of("Europe/Berlin")),
                maybe(LocalDateTime.of(2026, 1, 1, 3, 0)),
                maybe(LocalDateTime.of(2026, 2, 1, 0, 0)),
                maybe(ScheduleSettings.Misfire.SKIP),
                maybe(true)),
        random.nextBoolean() ? Map.of() : Map.of("warning_group_id", 3, "user", "u"),
        new WorkflowDefinition(
            "w",
            text(),
            any(ExecutionType.class),
            any(FailureStrategy.class),
            any(Priority.class),
            maybe(Duration.ofHours(1)),
            maybe("g"),
            params(false),
            tasks,
            edges));
  }

  @Test
  void whatever_is_written_is_read_back_as_it_was() {
    for (int round = 0; round < 1_000; round++) {
      WorkflowDocument document = document();

      String json = CanonicalJson.write(document);
      WorkflowDocument stored = CanonicalJson.read(json);
      assertThat(stored).isEqualTo(document.in(null, null));
      assertThat(CanonicalJson.write(stored)).isEqualTo(json);
      assertThat(read(json)).isEqualTo(stored);

      String yaml = YamlText.write(document);
      assertThat(read(yaml)).as(yaml).isEqualTo(document);
    }
  }

  private static WorkflowDocument read(String text) {
    ReadResult result = DocumentReader.read(text, TaskTypes.all());
    assertThat(result.errors()).as(text).isEmpty();
    return result.document();
  }

  @Test
  void logic_tasks_survive_with_their_edges() {
    WorkflowDocument document =
        read(
            """
            workflow: {name: w}
            tasks:
              - {name: a, task_type: Shell, command: x}
              - {name: s, task_type: Switch, deps: a, condition: [{task: b, condition: "1 > 0"}, {task: c}]}
              - {name: b, task_type: Shell, command: x}
              - {name: c, task_type: Shell, command: x}
              - {name: k, task_type: Conditions, success_task: [d], op: or, groups: [{op: and, groups: [{task: b, flag: false}]}]}
              - {name: d, task_type: Shell, command: x, deps: [c, b]}
              - {name: u, task_type: SubWorkflow, workflow_name: other, project: p, deps: [d]}
            """);

    assertThat(CanonicalJson.read(CanonicalJson.write(document))).isEqualTo(document);
    assertThat(read(YamlText.write(document))).isEqualTo(document);
    assertThat(CanonicalJson.write(document))
        .contains("\"deps\":[\"b\",\"c\"]")
        .doesNotContain("\"deps\":[\"s\"]");
  }

  @Test
  void documents_that_mean_the_same_are_stored_the_same() {
    String one =
        "workflow: {name: w, timeout: 60, project: p, release_state: offline}\n"
            + "tasks: [{name: a, task_type: Shell, command: x}, {name: b, task_type: SHELL, command: x},"
            + " {name: c, task_type: Shell, command: x, deps: [a, b], flag: 'YES', delay_time: 0}]";
    String other =
        "{\"tasks\": [{\"task_type\": \"shell\", \"name\": \"a\", \"raw_script\": \"x\"},"
            + "{\"task_type\": \"shell\", \"name\": \"b\", \"command\": \"x\"},"
            + "{\"task_type\": \"shell\", \"name\": \"c\", \"command\": \"x\", \"deps\": [\"b\", \"a\", \"b\"]}],"
            + "\"workflow\": {\"timeout\": \"1h\", \"name\": \"w\"}}";

    assertThat(CanonicalJson.write(read(other))).isEqualTo(CanonicalJson.write(read(one)));
  }

  @Test
  void a_damaged_stored_document_is_told_from_a_good_one() {
    for (String damaged :
        List.of(
            "",
            "{",
            "[]",
            "{\"workflow\":{}}",
            "{\"workflow\":{\"name\":\"w\"},\"tasks\":[{\"name\":\"t\",\"task_type\":\"SWITCH\",\"condition\":[1]}]}")) {
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> CanonicalJson.read(damaged)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("damaged workflow document");
    }
  }
}
