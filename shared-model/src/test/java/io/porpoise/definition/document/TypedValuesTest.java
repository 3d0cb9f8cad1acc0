package io.porpoise.definition.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.definition.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedValuesTest {
  private static final String DOCUMENT =
      "workflow: {name: w}\ntasks:\n- name: t\n  task_type: Shell\n  command: c\n"
          + "  local_params: [{prop: p, direct: %s, type: %s, value: '%s'}]\n";

  private static ReadResult read(String direct, String type, String value) {
    return DocumentReader.read(DOCUMENT.formatted(direct, type, value), TaskTypes.all());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          VARCHAR   | anything (at all)           | 2026-02-30
          INTEGER   | -2147483648                 | 2147483647
          LONG      | -9223372036854775808        | +9223372036854775807
          FLOAT     | .5                          | -1e3
          DOUBLE    | 3.                          | 007
          BOOLEAN   | true                        | False
          DATE      | 2024-02-29                  | 0001-01-01
          TIME      | 23:59:59                    | 08:30
          TIMESTAMP | 2024-02-29 23:59:59         | 2024-02-29T00:00:00.123
          TIMESTAMP | 123123124125                | 2024-02-29  08:30
          LIST      | []                          | [1, "a", {"b": null}]
          FILE      | out/result.txt              | x
          INTEGER   | ${n}                        | 1${n}
          DATE      | $[yyyy-MM-dd-1]             | ${system.biz.date}
          LIST      | [${a}]                      | ${l}
          """)
  void values_of_a_type_are_taken(String type, String one, String other) {
    assertThat(read("IN", type, one).errors()).isEmpty();
    assertThat(read("IN", type, other).errors()).isEmpty();
    assertThat(read("IN", type, "").errors()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INTEGER   | 2147483648          | a whole number of 32 bits
          INTEGER   | 1.0                 | a whole number of 32 bits
          LONG      | 9223372036854775808 | a whole number of 64 bits
          LONG      | 0x10                | a whole number of 64 bits
          FLOAT     | 1,5                 | a number
          DOUBLE    | NaN                 | a number
          BOOLEAN   | yes                 | true or false
          BOOLEAN   | 1                   | true or false
          DATE      | 2026-02-29          | a date such as 2026-01-31
          DATE      | 20260228            | a date such as 2026-01-31
          TIME      | 24:00:00            | a time such as 08:30:00
          TIME      | 2022-01-01          | a time such as 08:30:00
          TIMESTAMP | 2026-02-29 00:00:00 | a time such as 2026-01-31 08:30:00
          TIMESTAMP | 2026-02-28          | a time such as 2026-01-31 08:30:00
          LIST      | a, b                | a list in JSON such as ["a", "b"]
          LIST      | [1                  | a list in JSON such as ["a", "b"]
          LIST      | [1] [2]             | a list in JSON such as ["a", "b"]
          LIST      | {"a": 1}            | a list in JSON such as ["a", "b"]
          """)
  void other_values_are_refused_in_their_place_unless_nobody_reads_them(
      String type, String value, String expected) {
    assertThat(read("IN", type, value).errors())
        .containsExactly(
            new DocumentError(
                6,
                column(type),
                "tasks[0].local_params[0].value",
                "the value of parameter \"p\" of type "
                    + type
                    + " must be "
                    + expected
                    + "; a VARCHAR may be anything"));
    assertThat(read("OUT", type, value).errors()).isEmpty();
  }

  private static int column(String type) {
    String line = DOCUMENT.formatted("IN", type, "").lines().toList().get(5);
    return line.indexOf("''") + 1;
  }

  @Test
  void a_plain_number_that_is_too_large_for_its_type_is_a_text() {
    ReadResult result =
        DocumentReader.read(
            "{\"workflow\": {\"name\": \"w\", \"param\": {\"a\": 9223372036854775808, \"b\": 1e99999, \"c\": 2147483648}},"
                + " \"tasks\": [{\"name\": \"t\", \"task_type\": \"Shell\", \"command\": \"c\"}]}",
            TaskTypes.all());

    assertThat(result.document().definition().params())
        .extracting(Parameter::type)
        .containsExactly(Parameter.Type.VARCHAR, Parameter.Type.VARCHAR, Parameter.Type.LONG);
    assertThat(DocumentReader.read(YamlText.write(result.document()), TaskTypes.all()).document())
        .isEqualTo(result.document());
  }

  @Test
  void what_was_stored_before_a_rule_stays_readable() {
    String stored =
        "{\"workflow\":{\"name\":\"w\"},\"tasks\":[{\"name\":\"t\",\"task_type\":\"SHELL\","
            + "\"command\":\"c\",\"input_params\":{\"d\":\"DATE(tomorrow)\"}}]}";

    assertThat(CanonicalJson.write(CanonicalJson.read(stored))).isEqualTo(stored);
  }
}
