package io.porpoise.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.expression.SwitchExpression.Outcome;
import io.porpoise.expression.SwitchExpression.Parsed;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwitchExpressionTest {
  private static final Map<String, String> PARAMETERS =
      Map.ofEntries(
          Map.entry("rows", "42"),
          Map.entry("zero", "0"),
          Map.entry("price", "9.50"),
          Map.entry("minus", "-3"),
          Map.entry("padded", " 7\n"),
          Map.entry("code", "007"),
          Map.entry("huge", "123456789012345678901234567890123456789"),
          Map.entry("hash", "0e123"),
          Map.entry("status", "ok"),
          Map.entry("empty", ""),
          Map.entry("yes", "true"),
          Map.entry("no", "False"),
          Map.entry("quote", "a\" || true || \""),
          Map.entry("code injection", "1 == 1"),
          Map.entry("placeholder", "${rows}"),
          Map.entry("名前", "海豚"),
          Map.entry("a.b-c", "dotted"));

  private static String outcome(String expression) {
    Parsed parsed = SwitchExpression.parse(expression);
    assertThat(parsed.error()).as(expression).isNull();
    Outcome outcome = parsed.expression().evaluate(PARAMETERS::get, new Allowance());
    return outcome.failure() == null ? String.valueOf(outcome.isTrue()) : outcome.failure().text();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          ${rows} == 42                                   => true
          ${rows} != 42                                   => false
          ${rows} > 41                                    => true
          ${rows} >= 42                                   => true
          ${rows} < 42                                    => false
          ${rows} <= 41                                   => false
          ${rows}>41                                      => true
          42 < ${rows}                                    => false
          ${price} == 9.5                                 => true
          ${price} === 9.5                                => true
          ${minus} < -2                                   => true
          ${minus} == - 3                                 => true
          ${padded} == 7                                  => true
          ${code} == 7                                    => true
          ${code} == "007"                                => true
          "${code}" === "007"                             => true
          "${code}" === "7"                               => false
          ${code} === "007"                               => false
          ${code} !== "007"                               => true
          ${huge} == 123456789012345678901234567890123456789 => true
          ${huge} == 123456789012345678901234567890123456788 => false
          ${hash} == "0e456"                              => false
          010 == 10                                       => true
          1e3 == 1000                                     => true
          .5 + .5 == 1                                    => true
          0.1 + 0.2 == 0.3                                => true
          1 / 3 * 3 > 0.99                                => true
          ${rows} + 1 == 43                               => true
          ${rows} - 2 * 20 == 2                           => true
          (${rows} - 2) * 20 == 800                       => true
          ${rows} / 4 == 10.5                             => true
          ${rows} % 5 == 2                                => true
          ${rows} % 5 == 2 && ${rows} / 2 == 21           => true
          -${rows} == -42                                 => true
          - -${rows} == +42                               => true
          1 - 1 - 1 == -1                                 => true
          8 / 4 / 2 == 1                                  => true
          ${status} == "ok"                               => true
          "${status}" == "ok"                             => true
          '${status}' == 'ok'                             => true
          "${status}" == 'OK'                             => false
          "${status}!" == "ok!"                           => true
          "<${status}:${rows}>" == "<ok:42>"              => true
          "${empty}" == ""                                => true
          ${empty} == ""                                  => true
          "${status}" + "/" + ${rows} == "ok/42"          => true
          ${rows} + "" == "42"                            => true
          1 + 2 + "3" == "33"                             => true
          "5" + 5 == "55"                                 => true
          "5" * 2 == 10                                   => true
          ${rows} == "42"                                 => true
          "42" == ${rows}                                 => true
          ${rows} == "42.0"                               => true
          ${rows} == "many"                               => false
          ${rows} != "many"                               => true
          ${rows} < "100"                                 => true
          "9" < "100"                                     => false
          "apple" < "banana"                              => true
          ${yes}                                          => true
          ${no}                                           => false
          "${yes}"                                        => true
          "false"                                         => false
          true                                            => true
          ${yes} == true                                  => true
          ${yes} == "TRUE"                                => true
          ${yes} == 1                                     => false
          !${no}                                          => true
          not ${no}                                       => true
          !(${rows} > 1)                                  => false
          ${yes} && !${no}                                => true
          ${yes} and ${no}                                => false
          ${no} or ${yes}                                 => true
          ${no} || ${no} || ${yes}                        => true
          ${no} && ${no} || ${yes}                        => true
          ${yes} || ${yes} && ${no}                       => true
          ${no} && "neither" > 1                          => false
          ${rows} > 1 && ${rows} < 50                     => true
          ${rows} > 100 ? false : true                    => true
          ${rows} > 1 ? ${rows} > 2 ? true : false : false => true
          ${no} ? 1 : ${rows} == 42                       => true
          ${rows} == (${yes} ? 42 : 43)                   => true
          [1, 2, 42].includes(${rows})                    => true
          [1, 2, 3].includes(${rows})                     => false
          ["ok", "warn"].includes("${status}")            => true
          ["ok", "warn"].includes(${status})              => true
          ["41", "42"].includes(${rows})                  => true
          [].includes(1)                                  => false
          [[1]].length() == 1                             => true
          [1, 2].contains(2)                              => true
          [1, 2].indexOf(2) == 1                          => true
          [1, 2].length == 2                              => true
          ![1, 2].includes(2)                             => false
          ([1] . includes ( 1 ))                          => true
          "${status}".length() == 2                       => true
          "${status}".length == 2                         => true
          3 > "${status}".length                          => true
          ${status}.startsWith("o")                       => true
          ${status}.endsWith("k")                         => true
          ${status}.contains("k")                         => true
          ${status}.includes("x")                         => false
          ${status}.indexOf("k") == 1                     => true
          ${status}.toUpperCase() == "OK"                 => true
          " OK ".trim().toLowerCase() == "ok"             => true
          ${rows}.startsWith(4)                           => true
          "aabaabaaa".indexOf("aabaaa") == 3              => true
          "a".contains("") && "".contains("")             => true
          "abc".indexOf("abcd") == -1                     => true
          "it's" == 'it\\'s'                              => true
          "a\\"b\\\\" == 'a"b\\\\'                        => true
          "\\${rows}".length == 7                         => true
          "${quote}" == "ok"                              => false
          "${placeholder}".length == 7                    => true
          "${code injection}" == "1 == 1"                 => true
          ${名前} == "海豚"                                => true
          ${a.b-c} == "dotted"                            => true
          ["a", ${rows} + 1, "c"].includes(43)            => true
          """)
  void gives(String expression, String expect) {
    assertThat(outcome(expression)).isEqualTo(expect);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          ${nobody} == 1             => there is no parameter "nobody"
          "x${nobody}" == "x"        => there is no parameter "nobody"
          true || ${nobody}          => there is no parameter "nobody"
          ${rows}                    => it gives the number 42, not true or false
          "maybe"                    => it gives the text "maybe", not true or false
          [true]                     => it gives a list, not true or false
          ${empty}                   => it gives the text "", not true or false
          ${status} < 3              => < cannot compare the text "ok" with the number 3
          ${yes} > 0                 => > cannot compare true with the number 0
          ${status} - 1 == 0         => - needs numbers, not the text "ok"
          ${status} * 3 == 0         => * needs numbers, not the text "ok"
          -${status} == 0            => - needs numbers, not the text "ok"
          true + 1 == 2              => + needs numbers or texts, not true and the number 1
          ${rows} / ${zero} > 1      => division by zero
          ${rows} % 0 > 1            => division by zero
          ${rows} && true            => the number 42 is neither true nor false
          !${status}                 => the text "ok" is neither true nor false
          ${status} ? true : false   => the text "ok" is neither true nor false
          [1] == [1]                 => a list cannot be compared; ask [...].includes(value)
          [1] + "x" == "x"           => + cannot take a list
          ["a"].trim() == "a"        => trim() cannot be asked of a list
          true.length() == 4         => length() cannot be asked of true or false
          "a".length(1) == 4         => length() takes no value, not 1
          "a".contains() == 4        => contains() takes one value, not 0
          "a".contains("a", "b")     => contains() takes one value, not 2
          1e999 * 10 > 1             => a number is too large or too small: beyond 10 to the power of 1000
          """)
  void says_why_it_gives_nothing(String expression, String expect) {
    assertThat(outcome(expression)).isEqualTo(expect);
  }

  @Test
  void a_parameter_is_looked_up_in_the_given_ones_only() {
    Map<String, Integer> asked = new HashMap<>();
    SwitchExpression expression = SwitchExpression.parse("${a} == ${b}").expression();

    Outcome outcome =
        expression.evaluate(
            name -> {
              asked.merge(name, 1, Integer::sum);
              return "x";
            },
            new Allowance());

    assertThat(outcome.isTrue()).isTrue();
    assertThat(asked).isEqualTo(Map.of("a", 1, "b", 1));
  }

  @Test
  void one_expression_serves_many_evaluations_with_different_values() {
    SwitchExpression expression = SwitchExpression.parse("${n} % 2 == 0").expression();

    for (int i = 0; i < 100; i++) {
      String n = String.valueOf(i);
      assertThat(expression.evaluate(name -> n, new Allowance()).isTrue()).isEqualTo(i % 2 == 0);
    }
  }
}
