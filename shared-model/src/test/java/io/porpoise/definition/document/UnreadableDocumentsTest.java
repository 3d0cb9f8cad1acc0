package io.porpoise.definition.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnreadableDocumentsTest {
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

  private static final String NOISE = "{}[]:,-&*!|>'\"#%@`\t\n\0 ~?x5<";

  private static String errors(String text) {
    ReadResult result = DocumentReader.read(text, TaskTypes.all());
    assertThat(result.isValid()).isEqualTo(result.document() != null);
    return String.join("\n", result.errors().stream().map(DocumentError::toString).toList());
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of(
            "tab",
            "workflow:\n\tname: w",
            "line 2, column 1: not valid YAML: while scanning for the next token: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation); indent with blanks, YAML does not allow tabs"),
        Arguments.of(
            "cut off", GOOD.substring(0, GOOD.length() - 20), "the document seems to be cut off"),
        Arguments.of(
            "cut off JSON",
            "{\"workflow\": {\"name\": \"w\"",
            "not valid JSON: Unexpected end-of-input"),
        Arguments.of(
            "JSON with a comma too many",
            "{\"workflow\": {\"name\": \"w\",}}",
            "line 1, column 27: not valid JSON: Unexpected character ('}'"),
        Arguments.of("more behind JSON", "{\"workflow\": 1} x", "not valid JSON"),
        Arguments.of(
            "duplicate key in JSON",
            "{\"workflow\": {\"name\": \"w\", \"name\": \"v\"}, \"tasks\": []}",
            "line 1, column 28: workflow.name: duplicate key \"name\", first in line 1"),
        Arguments.of(
            "two documents",
            GOOD + "---\n" + GOOD,
            "line 13, column 1: a second document begins here; a file holds one workflow"),
        Arguments.of(
            "NUL",
            "workflow:\n  name: \u0000",
            "line 2, column 9: the character U+0000 is not allowed in YAML"),
        Arguments.of(
            "unknown alias",
            "workflow: *w",
            "line 1, column 11: *w stands for nothing: no such & before it"),
        Arguments.of("alias to itself", "workflow: &w {name: *w}", "*w stands for nothing"),
        Arguments.of(
            "tag",
            "workflow: {name: !!java.io.File x}",
            "tags are not supported: tag:yaml.org,2002:java.io.File"),
        Arguments.of("a map as key", "? {a: b}\n: c", "a key must be a plain text"),
        Arguments.of("deep YAML", "[".repeat(100_000), "nested more than 64 levels deep"),
        Arguments.of(
            "deep JSON",
            "{\"workflow\":" + "[".repeat(100_000),
            "not valid JSON: Document nesting depth (65) exceeds the maximum allowed (64"),
        Arguments.of(
            "too many values in YAML",
            "workflow: [" + "[],".repeat(1_000_000) + "]",
            "too large: more than 1000000 values"),
        Arguments.of(
            "too many values in JSON",
            "{\"workflow\":[" + "[],".repeat(1_000_000) + "[]]}",
            "too large: more than 1000000 values"),
        Arguments.of(
            "too large",
            "#".repeat(Limits.BODY_MAX + 1),
            "too large: 8388609 characters, at most 8388608; keep large data in files that the tasks read"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void each_error_names_place_and_remedy(String situation, String text, String expect) {
    assertThat(errors(text)).contains(expect);
  }

  @Test
  void an_alias_bomb_is_refused() {
    StringBuilder bomb =
        new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (int i = 1; i < 10; i++) {
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append(("*a" + (i - 1) + ", ").repeat(8)).append("*a").append(i - 1).append("]\n");
    }
    assertThat(errors(bomb.toString())).contains("too large: with its aliases written out");

    StringBuilder tower = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 10_000; i++) {
      tower
          .append("a")
          .append(i)
          .append(": &a")
          .append(i)
          .append(" [*a")
          .append(i - 1)
          .append("]\n");
    }
    assertThat(errors(tower.toString())).contains("nested more than 64 levels deep");
  }

  @Test
  void no_text_throws() {
    Random random = new Random(17);
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder(GOOD);
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.setCharAt(at, ' ');
          case 1 -> text.insert(at, NOISE.charAt(random.nextInt(NOISE.length())));
          case 2 -> text.setLength(Math.max(1, at));
          default ->
              text.insert(at, text.substring(Math.min(at, random.nextInt(text.length())), at));
        }
      }
      errors(text.toString());
      errors("{\"workflow\":" + text);
    }
  }
}
