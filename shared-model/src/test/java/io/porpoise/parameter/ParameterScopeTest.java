package io.porpoise.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.definition.Parameter;
import io.porpoise.expression.SwitchExpression;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstanceId;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterScopeTest {
  private static final ZonedDateTime BASE =
      LocalDateTime.parse("2026-11-21T09:05:03").atZone(ZoneId.of("Asia/Shanghai"));
  private static final BuiltIns.Workflow WORKFLOW =
      new BuiltIns.Workflow(new WorkflowInstanceId(812), "daily", 7, "tutorial", 3);
  private static final BuiltIns.Task TASK = new BuiltIns.Task(new TaskInstanceId(9001), "load", 42);

  private Map<String, String> start = Map.of();
  private List<Parameter> globals = List.of();
  private Map<String, String> inherited = Map.of();
  private Map<String, String> project = Map.of();
  private List<Parameter> local = List.of();
  private List<Map<String, String>> upstream = List.of();

  private ParameterScope scope() {
    return new Parameters(start, globals, inherited, project, WORKFLOW, BASE)
        .scope(local, Upstream.of(upstream), TASK);
  }

  private static List<Parameter> in(String... namesAndValues) {
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.add(Parameter.in(namesAndValues[i], namesAndValues[i + 1]));
    }
    return parameters;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "system.biz.date,20261120",
    "system.biz.curdate,20261121",
    "system.datetime,20261121090503",
    "system.workflow.instance.id,812",
    "system.workflow.definition.name,daily",
    "system.workflow.definition.code,7",
    "system.project.name,tutorial",
    "system.project.code,3",
    "system.task.instance.id,9001",
    "system.task.definition.name,load",
    "system.task.definition.code,42"
  })
  void built_in(String name, String expect) {
    assertThat(scope().text("<${" + name + "}>")).isEqualTo("<" + expect + ">");
  }

  @Test
  void the_execute_path_is_left_to_the_worker() {
    String left = scope().text("cd ${system.task.execute.path}");

    assertThat(left).isEqualTo("cd ${system.task.execute.path}");
    assertThat(Placeholders.replace(left, n -> n.equals(BuiltIns.EXECUTE_PATH) ? "/x" : null, 1000))
        .isEqualTo("cd /x");
  }

  @Test
  void each_layer_wins_over_the_next() {
    project = Map.of("system.biz.date", "project", "p", "project");
    assertThat(scope().find("system.biz.date")).isEqualTo("project");

    inherited = Map.of("p", "inherited");
    assertThat(scope().find("p")).isEqualTo("inherited");

    globals = in("p", "");
    assertThat(scope().find("p")).isEqualTo("inherited");

    globals = in("p", "global");
    assertThat(scope().find("p")).isEqualTo("global");

    upstream = List.of(Map.of(), Map.of("p", "near"), Map.of("p", "far"));
    assertThat(scope().find("p")).isEqualTo("near");

    local = in("p", "local");
    assertThat(scope().find("p")).isEqualTo("local");

    start = Map.of("p", "start");
    assertThat(scope().find("p")).isEqualTo("start");
  }

  @Test
  void an_empty_local_parameter_is_filled_from_upstream() {
    globals = in("p", "global");
    local = in("p", "");
    upstream = List.of(Map.of("p", "upstream"));

    assertThat(scope().find("p")).isEqualTo("upstream");
  }

  @Test
  void an_empty_parameter_without_anything_below_it_is_empty() {
    globals = in("g", "");
    local = in("l", "");
    start = Map.of("s", "");
    inherited = Map.of("s", "inherited");
    project = Map.of("g", "project");

    assertThat(scope().text("<${g}${s}>")).isEqualTo("<>");
    assertThat(scope().resolve(Map.of()).params()).isEqualTo(Map.of("l", ""));
  }

  @Test
  void an_own_global_may_name_an_inherited_one() {
    inherited = Map.of("day", "20260101");
    globals = in("path", "/data/${day}");

    assertThat(scope().text("${path}")).isEqualTo("/data/20260101");
  }

  @Test
  void a_condition_is_evaluated_over_what_the_task_sees_and_never_pasted() {
    globals = in("rows", "$[yyyy]", "evil", "1 == 1 || ");
    upstream = List.of(Map.of("status", "ok"));
    local = in("status", "");

    assertThat(evaluate("${rows} == 2026 && \"${status}\" == \"ok\"").isTrue()).isTrue();
    assertThat(evaluate("\"${evil}\" == \"\"").isTrue()).isFalse();
    assertThat(evaluate("${system.project.name} == 'tutorial'").isTrue()).isTrue();
    assertThat(evaluate("${rows} = 1").failure().text())
        .isEqualTo("column 9: nothing can be assigned; to compare write ==");
    ParameterScope scope = scope();
    scope.evaluate("${status} == 'ok'");
    assertThat(scope.seen()).isEqualTo(Map.of("status", "ok"));
    assertThat(evaluate("${nobody} == 1").failure().text())
        .isEqualTo("there is no parameter \"nobody\"");
    globals = in("a", "${b}${b}", "b", "x".repeat(40_000));
    assertThat(evaluate("${a} == 1").failure().code()).isEqualTo("PARAMETERS_TOO_LARGE");
  }

  private SwitchExpression.Outcome evaluate(String condition) {
    return scope().evaluate(condition);
  }

  @Test
  void a_local_parameter_may_name_its_namesake_further_down() {
    globals = in("p", "4");
    local = in("p", "${p}2");

    assertThat(scope().text("${p}")).isEqualTo("42");
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ${a}                       | 1
          ${a}${b}                   | 12
          ${nested}                  | 1-2
          ${k${a}}                   | one
          ${unknown}                 | ${unknown}
          ${unknown${a}}             | ${unknown1}
          ${a                        | ${a
          ${${a}                     | ${1
          $a {a} $${a}               | $a {a} $1
          ${x:-${a}}                 | ${x:-1}
          ${#array[@]} ${s%%.*}      | ${#array[@]} ${s%%.*}
          awk '{print ${a}}'         | awk '{print 1}'
          ${f{${a}}}                 | ${f{1}}
          ${}                        | ${}
          $[yyyyMMdd-${a}]           | 20261120
          $[add_months(${fmt},-${b})] | 2026-09-21
          $[${fmt}]/$[HH]            | 2026-11-21/09
          ${k$[yyyy]}                | ${k2026}
          ${day}-${day}              | 2026-11-21-2026-11-21
          $${day}                    | $2026-11-21
          ${ a }                     | ${ a }
          ${a                        | ${a
          ${self}                    | ${self}
          ${loop2} ${a}              | ${loop2} 1
          ${day}                     | 2026-11-21
          ${loop1}                   | ${loop1}
          """)
  void placeholders(String text, String expect) {
    globals =
        in(
            "a",
            "1",
            "b",
            "2",
            "nested",
            "${a}-${b}",
            "k1",
            "one",
            "fmt",
            "yyyy-MM-dd",
            "self",
            "${self}",
            "day",
            "$[yyyy-MM-dd]",
            "loop1",
            "${loop2}",
            "loop2",
            "${loop1}");

    assertThat(scope().text(text)).isEqualTo(expect);
  }

  @Test
  void globals_are_resolved_among_themselves_and_what_they_leave_open_by_the_task() {
    globals = in("a", "${b}/${only_local}/${system.task.instance.id}", "b", "global");
    local = in("b", "local", "only_local", "mine");

    assertThat(scope().text("${a}")).isEqualTo("global/mine/9001");
  }

  @Test
  void trees_are_resolved_in_every_leaf_and_shared_where_nothing_changes() {
    globals = in("a", "1");
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("command", "echo ${a}");
    params.put("list", List.of(Map.of("x", "${a}", "n", 3), "plain"));
    params.put("flag", true);

    ParameterScope.Resolved resolved = scope().resolve(params);

    assertThat(resolved.taskParams())
        .isEqualTo(
            Map.of(
                "command",
                "echo 1",
                "list",
                List.of(Map.of("x", "1", "n", 3), "plain"),
                "flag",
                true));
    Map<String, Object> plain = Map.of("command", "echo");
    assertThat(scope().resolve(plain).taskParams()).isSameAs(plain);
  }

  @Test
  void params_are_the_local_ones_and_those_that_were_named() {
    globals = in("a", "1", "not_named", "x");
    local = new ArrayList<>(in("l", "v", "hollow", ""));
    local.add(Parameter.out("rows"));

    assertThat(scope().resolve(Map.of("command", "echo ${a}")).params())
        .isEqualTo(Map.of("a", "1", "l", "v", "hollow", ""));
  }

  @Test
  void values_that_explode_are_a_reason_not_an_exception() {
    List<String> bomb = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      bomb.add("p" + i);
      bomb.add(("${p" + (i + 1) + "}").repeat(10));
    }
    bomb.addAll(List.of("p40", "boom"));
    globals = in(bomb.toArray(String[]::new));
    assertThat(scope().resolve(Map.of("command", "${p33}")).failure().code())
        .isEqualTo("PARAMETERS_TOO_LARGE");

    globals = List.of();
    local = in(bomb.toArray(String[]::new));
    assertThat(scope().resolve(Map.of("command", "${p0}")).failure().text())
        .isEqualTo("its parameters grow too large: resolved text larger than 65536 characters");
  }

  @Test
  void all_that_a_task_sees_together_is_limited_too() {
    List<String> many = new ArrayList<>();
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 63; i++) {
      many.addAll(List.of("p" + i, "x".repeat(Parameters.VALUE_CHARS_MAX)));
      all.append("${p").append(i).append('}');
    }
    local = in(many.toArray(String[]::new));
    assertThat(scope().resolve(Map.of()).failure()).isNull();

    start = Map.of("one", "x".repeat(Parameters.VALUE_CHARS_MAX));
    assertThat(scope().resolve(Map.of("command", all + "${one}")).failure().text())
        .isEqualTo("its parameters grow too large: all together larger than 4194304 bytes");
    assertThat(scope().evaluate("${one} != 'x'").isTrue()).isTrue();

    start = Map.of();
    local = in(many.stream().map(text -> text.replace('x', '\u4e2d')).toArray(String[]::new));
    assertThat(scope().resolve(Map.of()).failure().code())
        .as("a character that takes three bytes counts three times")
        .isEqualTo("PARAMETERS_TOO_LARGE");
  }

  @Test
  void shared_values_are_told_for_others_or_why_they_cannot_be() {
    globals = in("a", "1", "b", "${a}${c}", "d", "${d}");
    Parameters shared = new Parameters(start, globals, inherited, project, WORKFLOW, BASE);
    assertThat(shared.resolve(List.of("a", "b", "none", "d")).params())
        .isEqualTo(Map.of("a", "1", "b", "1${c}", "d", "${d}"));

    globals = in("a", "x".repeat(60_000), "b", "${a}${a}");
    shared = new Parameters(start, globals, inherited, project, WORKFLOW, BASE);
    assertThat(shared.resolve(List.of("a", "b")).failure().code())
        .isEqualTo("PARAMETERS_TOO_LARGE");
  }

  @Test
  void hostile_texts_take_linear_time() {
    String opened = "${".repeat(500_000);
    assertThat(scope().text(opened)).isEqualTo(opened);
    String closed = opened + "}".repeat(500_000);
    assertThat(scope().text(closed)).isEqualTo(closed);
  }

  @Test
  void nothing_throws() {
    Random random = new Random(3);
    String[] parts = {
      "${", "}", "a", "b", "c", "$[", "]", "yyyy", "+1", "{", "$", "system.biz.date"
    };
    for (int round = 0; round < 5_000; round++) {
      globals = in("a", text(random, parts), "b", text(random, parts));
      local = in("b", text(random, parts), "c", text(random, parts));
      upstream = List.of(Map.of("a", text(random, parts), "c", text(random, parts)));

      assertThat(scope().resolve(Map.of("t", text(random, parts))).taskParams()).isNotNull();
    }
  }

  private static String text(Random random, String[] parts) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }
}
