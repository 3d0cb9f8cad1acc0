package io.porpoise.spine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What users get wrong: one clear problem that names place and remedy, and nothing half saved. */
abstract class BadInputContract {
  abstract Http http();

  static Stream<Arguments> badFiles() {
    return Stream.of(
        Arguments.of(
            "unknown key",
            "workflow: {name: bad}\ntasks:\n  - {name: a, task_type: Shell, comand: x}\n",
            3,
            "command"),
        Arguments.of("cycle", task("a", "deps: [b]") + more("b", "deps: [a]"), 0, "a"),
        Arguments.of("duplicate name", task("a", "") + more("a", ""), 4, "a"),
        Arguments.of(
            "unknown dependency", task("extract", "") + more("b", "deps: [extrakt]"), 4, "extract"),
        Arguments.of("wrong type", "workflow: {name: bad}\ntasks: 7\n", 2, "tasks"),
        Arguments.of(
            "unknown task type",
            "workflow: {name: bad}\ntasks:\n  - {name: a, task_type: Shel, command: x}\n",
            3,
            "SHELL"),
        Arguments.of("truncated", "workflow: {name: bad\n", 0, ""),
        Arguments.of("tabs", "workflow:\n\tname: bad\n", 2, ""),
        Arguments.of("alias bomb", bomb(), 0, "alias"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badFiles")
  void a_bad_workflow_file_is_refused_with_place_and_remedy(
      String what, String yaml, int line, String mentions) {
    Http http = http();
    http.project("bad");

    Http.Answer refused = http.putYaml("projects/bad/workflows/bad", yaml);

    assertThat(refused.status()).as(refused.text()).isBetween(400, 422);
    assertThat(refused.raw().headers().firstValue("content-type").orElse(""))
        .startsWith("application/problem+json");
    JsonNode errors = refused.json().get("errors");
    assertThat(errors).isNotEmpty();
    if (line > 0) {
      assertThat(errors.get(0).get("line").asInt()).as(refused.text()).isEqualTo(line);
    }
    assertThat(errors.toString().toLowerCase()).contains(mentions.toLowerCase());
    assertThat(refused.text()).doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(http.get("projects/bad/workflows/bad").status()).isEqualTo(404);
  }

  @Test
  void an_oversized_body_is_refused() {
    http().project("bad");

    Http.Answer refused = http().putYaml("projects/bad/workflows/bad", "# " + "x".repeat(70 << 20));

    assertThat(refused.status()).isEqualTo(413);
  }

  @Test
  void what_does_not_exist_is_not_found_and_says_so() {
    for (String path :
        new String[] {
          "workflow-instances/999999999",
          "task-instances/999999999",
          "task-instances/999999999/log",
          "projects/nowhere/workflows/x",
          "nonsense"
        }) {
      Http.Answer answer = http().get(path);
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.json().get("code").asText()).isNotBlank();
      assertThat(answer.json().get("detail").asText()).isNotBlank();
    }
  }

  @Test
  void nothing_is_told_to_strangers() throws Exception {
    java.net.http.HttpClient stranger = java.net.http.HttpClient.newHttpClient();
    for (String path : new String[] {"projects", "workflow-instances", "cluster"}) {
      var answer =
          stranger.send(
              java.net.http.HttpRequest.newBuilder(http().server().resolve("/api/v1/" + path))
                  .build(),
              java.net.http.HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
    }
  }

  private static String task(String name, String more) {
    return "workflow: {name: bad}\ntasks:\n" + more(name, more);
  }

  private static String more(String name, String more) {
    return "  - {name: "
        + name
        + ", task_type: Shell, command: x"
        + (more.isEmpty() ? "" : ", " + more)
        + "}\n";
  }

  private static String bomb() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append(String.join(", ", java.util.Collections.nCopies(9, alias))).append("]\n");
    }
    return bomb + "workflow: {name: bad}\ntasks: *a11\n";
  }
}
