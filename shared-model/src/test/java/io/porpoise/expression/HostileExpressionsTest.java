package io.porpoise.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.expression.SwitchExpression.Outcome;
import io.porpoise.expression.SwitchExpression.Parsed;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people with bad intentions, or bad luck, may write into a condition or a parameter. */
class HostileExpressionsTest {
  /** Half of what a thread has by default. */
  private static final int STACK_BYTES = 512 * 1024;

  private static final String LARGE = "v".repeat(Bounds.TEXT_CHARS_MAX);

  /** A text instead of true or false: an error of parsing or the reason of a failure. */
  private static String refusal(String expression, String value) {
    Parsed parsed = SwitchExpression.parse(expression);
    if (parsed.error() != null) {
      return parsed.error().toString();
    }
    Outcome outcome = parsed.expression().evaluate(name -> value, new Allowance());
    return outcome.failure() == null ? null : outcome.failure().text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "''.getClass()",
        "''.class",
        "''['class']",
        "''.getClass().forName('java.lang.Runtime').getRuntime().exec('id')",
        "''.class.forName('java.lang.System').exit(1)",
        "${x}.getClass().getClassLoader()",
        "[].getClass()",
        "[].class.protectionDomain",
        "java.lang.System.exit(1)",
        "System.exit(1)",
        "Runtime.getRuntime().exec('touch /x')",
        "T(java.lang.Runtime).getRuntime()",
        "new java.io.File('/etc/passwd').exists()",
        "new('java.lang.String', 'x')",
        "new java.lang.ProcessBuilder(['id']).start()",
        "import java.lang.System",
        "#pragma jexl.import java.lang",
        "#pragma jexl.namespace.sys java.lang.System\nsys:exit(1)",
        "sys:exit(1)",
        "@silent ''",
        "@synchronized(1) {true}",
        "`${''.getClass()}`",
        "`${new java.io.File('x')}`",
        "var x = 1; x == 1",
        "x = 1",
        "${x} = 1",
        "${x} += 1",
        "${x}++",
        "++${x}",
        "while (true) {}",
        "for (var i : 1 .. 1000000000) {}",
        "for(;;) {}",
        "do { } while (true)",
        "1 .. 1000000000",
        "(1..1000000000).contains(5)",
        "x -> x",
        "(x) => x",
        "function() { return true }",
        "function f(x) { f(x) } f(1)",
        "if (true) true",
        "return true",
        "throw 'x'",
        "try { true } catch (e) { }",
        "{'a': 1}",
        "{1, 2}",
        "({}).constructor",
        "[1, ...]",
        "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' =~ '(a+)+$'",
        "'a' =^ 'a'",
        "'a' !~ ~/(a|aa)+/",
        "'a'.matches('(a+)+$')",
        "'a'.replaceAll('(a+)+$', 'b')",
        "'a'.repeat(1000000000)",
        "'a' * 1e9",
        "1e999999999 > 1",
        "1e2147483647 == 1",
        "'' + 1e2147483647 == 'x'",
        "12e2147483646",
        "1e-2147483647 == 1",
        "1e999 * 1e999 > 1",
        "9999999999 ** 9999999999",
        "1 << 1000000000",
        "~1",
        "1 ^ 1",
        "empty(1)",
        "size('a')",
        "size 'a'",
        "empty ''",
        "''?.getClass()",
        "''?:''",
        "null ?? true",
        "'' instanceof ''",
        "1 === new Object()",
        "this.x",
        "$0",
        "#0",
        "#{1 + 1}",
        "\\u0027",
        "true // comment",
        "true /* comment */",
        "true ## comment",
        "true; false",
        "true, true",
        "\u0000",
        "tru\u0435",
        "\uD83D\uDC2C",
        "v0 == v0",
        "jexl.eval('x')",
        "${x}.wait()",
        "${x}.notifyAll()",
        "${x}.hashCode() > 0",
        "${x}.intern()",
        "${x}.bytes",
        "${x}.length.class",
        "${x}.length().getClass()",
        "[1].stream()",
        "[1].forEach(1)",
        "[1].add(2)",
        "[1].clear()"
      })
  void is_refused(String expression) {
    assertThat(refusal(expression, "7")).isNotNull();
  }

  static Stream<String> bombs() {
    String doubled = "(${x} + ${x})";
    for (int i = 0; i < 5; i++) {
      doubled = "(" + doubled + " + " + doubled + ")";
    }
    return Stream.of(
        doubled + " == ''",
        "${x} + 'a' == ''",
        "'${x}a' == ''",
        "'${x}${x}' == ''",
        "['${x}', " + "'${x}', ".repeat(100) + "'a'].includes('a')",
        "'" + "ß".repeat(10_000) + "' + '" + "a".repeat(10_000) + "' == ''",
        "1".repeat(Bounds.NUMBER_CHARS_MAX + 1) + " > 1",
        "(".repeat(100_000),
        "(".repeat(8_000) + "1" + ")".repeat(8_000),
        "(".repeat(Bounds.DEPTH_MAX + 1) + "true" + ")".repeat(Bounds.DEPTH_MAX + 1),
        "[".repeat(Bounds.DEPTH_MAX + 1) + "]".repeat(Bounds.DEPTH_MAX + 1),
        "!".repeat(Bounds.DEPTH_MAX + 1) + "true",
        "- ".repeat(16_000) + "1 == 1",
        "true ? ".repeat(Bounds.DEPTH_MAX + 1) + "true" + " : false".repeat(Bounds.DEPTH_MAX + 1),
        "1" + " + 1".repeat(Bounds.OPERATORS_MAX) + " > 0",
        "'a'" + ".trim()".repeat(Bounds.OPERATORS_MAX + 1) + " == 'a'",
        "[" + "1,".repeat(Bounds.OPERANDS_MAX) + "1].includes(1)",
        "true" + " ".repeat(Bounds.EXPRESSION_CHARS_MAX));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void is_too_large(String expression) {
    assertThat(refusal(expression, LARGE)).isNotNull();
  }

  static Stream<String> largest() {
    int depth = Bounds.DEPTH_MAX;
    return Stream.of(
        "${x} == ${x}",
        "${x}.contains(${x}) && ${x}.endsWith(${x})",
        "true" + " ".repeat(Bounds.EXPRESSION_CHARS_MAX - 4),
        "(".repeat(depth) + "true" + ")".repeat(depth),
        "[".repeat(depth)
            + "]".repeat(depth)
            + ".length() == "
            + "[".repeat(depth - 1)
            + "]".repeat(depth - 1)
            + ".length() || true",
        "!".repeat(depth) + "true",
        "(!".repeat(depth) + "true" + ")".repeat(depth),
        "[1, ".repeat(depth) + "2" + "]".repeat(depth) + ".length() == 2",
        "true ? ".repeat(depth) + "true" + " : false".repeat(depth),
        "(true ? ".repeat(depth / 2) + "true" + " : false)".repeat(depth / 2),
        "'a'.contains(".repeat(depth) + "'a'" + ")".repeat(depth) + " || true",
        "1" + " + 1".repeat(Bounds.OPERATORS_MAX - 1) + " > 0",
        "true" + " && true".repeat(Bounds.OPERATORS_MAX),
        "false" + " || true".repeat(Bounds.OPERATORS_MAX),
        "'a'" + ".trim()".repeat(Bounds.OPERATORS_MAX - 1) + " == 'a'",
        "[" + "1,".repeat(Bounds.OPERANDS_MAX - 2) + "1].includes(1)",
        "1".repeat(Bounds.NUMBER_CHARS_MAX) + " > 1");
  }

  @ParameterizedTest
  @MethodSource("largest")
  void the_largest_that_is_allowed_is_well_on_a_small_stack(String expression) throws Exception {
    String[] refusal = {"never ran"};
    Thread small =
        new Thread(null, () -> refusal[0] = refusal(expression, LARGE), "small", STACK_BYTES);
    small.start();
    small.join();

    assertThat(refusal[0]).isNull();
  }

  @Test
  void a_search_that_is_made_to_be_slow_is_linear() {
    String text = "a".repeat(Bounds.TEXT_CHARS_MAX);
    String wanted = "a".repeat(Bounds.TEXT_CHARS_MAX / 2) + "b";
    String often = "${t}.contains(${w})" + " || ${t}.contains(${w})".repeat(9);

    Outcome outcome =
        SwitchExpression.parse(often)
            .expression()
            .evaluate(name -> Map.of("t", text, "w", wanted).get(name), new Allowance());

    assertThat(outcome).isEqualTo(new Outcome(false, null));
  }

  @Test
  void all_conditions_of_a_task_share_one_allowance() {
    String costly = "${t}" + ".trim()".repeat(Bounds.OPERATORS_MAX - 1) + " == 'x'";
    String text = "a".repeat(Bounds.TEXT_CHARS_MAX);
    Allowance allowance = new Allowance();

    assertThat(SwitchExpression.evaluate(costly, name -> text, allowance).failure()).isNull();
    assertThat(SwitchExpression.evaluate(costly, name -> text, allowance).failure()).isNull();
    assertThat(SwitchExpression.evaluate(costly, name -> text, allowance).failure().text())
        .isEqualTo(
            "with it the conditions of the task compute too much: more than 33554432 characters"
                + " times operators; compare shorter texts");
  }

  @Test
  void a_value_is_never_more_than_a_value() {
    for (String value :
        new String[] {
          "true || true",
          "\" == \"\" || \"",
          "' || '1'=='1",
          "${x}",
          "$[yyyy]",
          "v0",
          "\\",
          "\"",
          "'",
          "\n",
          "\u0000",
          "${",
          "#pragma x",
          "`${1}`",
          "x".repeat(Bounds.TEXT_CHARS_MAX)
        }) {
      assertThat(refusal("${x} == 'other' || '${x}' == 'other'", value)).isNull();
      assertThat(
              SwitchExpression.parse("${x} == 'other' || '${x}' == 'other'")
                  .expression()
                  .evaluate(name -> value, new Allowance())
                  .isTrue())
          .as(value)
          .isFalse();
    }
  }

  @Test
  void no_text_throws() {
    Random random = new Random(5);
    String[] parts = {
      "${x}",
      "${",
      "}",
      "'",
      "\"",
      "\\",
      "(",
      ")",
      "[",
      "]",
      ",",
      ".",
      "?",
      ":",
      "==",
      "=",
      "<",
      "!",
      "&&",
      "||",
      "+",
      "-",
      "*",
      "/",
      "%",
      "1",
      "2.5",
      "1e9",
      "true",
      "false",
      "and",
      "not",
      "'a'",
      ".length",
      ".trim()",
      ".includes(",
      "new",
      "x",
      ";",
      "{",
      "`",
      "#",
      "@",
      "~",
      "$",
      " ",
      "\n"
    };
    int valid = 0;
    for (int round = 0; round < 100_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      if (refusal(text.toString(), round % 2 == 0 ? "7" : "a'b") == null) {
        valid++;
      }
    }
    assertThat(valid).isPositive();
  }
}
