package io.porpoise.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionErrorsTest {
  private static String error(String expression) {
    ExpressionError error = SwitchExpression.parse(expression).error();
    return error == null ? "none" : error.toString();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          ``                => column 1: it is empty
          `  `              => column 3: it is empty
          ${rows} >         => column 10: it ends where a value is missing
          ${rows} > && 1    => column 11: a value is missing before &&
          > 1               => column 1: a value is missing before >
          1 2               => column 3: an operator is missing before this value
          ${a} ${b}         => column 6: an operator is missing before this value
          1 (2)             => column 3: an operator is missing before this (
          ${a}[0]           => column 5: an operator is missing before this [
          true !false       => column 6: an operator is missing before !
          (1 > 0            => column 1: this ( is not closed
          [1, 2             => column 1: this [ is not closed
          1 > 0)            => column 6: nothing is open that this ) could close
          (1 > 0]           => column 7: nothing is open that this ] could close
          ()                => column 2: a value is missing before this )
          [1,]              => column 4: a value is missing before this ]
          [,1]              => column 2: a value is missing before ,
          1, 2              => column 2: a , may stand in a list only
          (1, 2)            => column 3: a , may stand in a list only
          1 ? 2             => column 3: this ? has no :
          (1 ? 2)           => column 4: this ? has no :
          1 : 2             => column 3: there is no ? before this :
          1 ? : 2           => column 5: a value is missing before :
          ${a} = 1          => column 6: nothing can be assigned; to compare write ==
          ${a} & ${b}       => column 6: "and" is written &&
          ${a} | ${b}       => column 6: "or" is written ||
          ${a} == $[yyyy]   => column 9: a parameter is ${name}; put a time expression into a parameter
          ${a} == ok        => column 9: unknown word "ok"; a parameter is ${name}, a text is "quoted"
          rows > 1          => column 1: unknown word "rows"; a parameter is ${name}, a text is "quoted"
          null == ${a}      => column 1: unknown word "null"; a parameter is ${name}, a text is "quoted"
          ${a == 1          => column 1: ${ has no end, a }
          ${} == 1          => column 1: the name of a parameter has 1 to 255 characters
          ${k${a}} == 1     => column 1: "k${a" is no parameter's name
          "${a              => column 2: ${ has no end, a }
          "abc              => column 1: the text that begins here has no end, a second "
          'abc"             => column 1: the text that begins here has no end, a second '
          "a\\              => column 1: the text that begins here has no end, a second "
          "a\\x"            => column 3: only \\n \\t \\\\ \\" \\' and \\$ are known
          12ab              => column 1: "12ab" is no number
          0x1F              => column 1: "0x1F" is no number
          5L                => column 1: "5L" is no number
          1e                => column 1: "1e" is no number that can be used here
          1.2.3             => column 4: an operator is missing before this value
          "a".foo()         => column 5: there is no method "foo"; known are contains, endsWith, includes, indexOf, length, startsWith, toLowerCase, toUpperCase, trim
          "a".trim          => column 9: it ends within a call of a method
          "a".trim == "a"   => column 10: a ( is missing after the method's name
          "a".              => column 5: it ends within a call of a method
          "a"."b"           => column 5: a method's name is missing after the dot
          "a".(1)           => column 5: a method's name is missing after the dot
          1 < 2 < 3         => column 7: does not fit what stands before it
          1 == 2 == 3       => column 8: does not fit what stands before it
          """)
  void each_error_names_its_place(String expression, String expect) {
    assertThat(error(expression)).isEqualTo(expect);
  }

  @Test
  void in_a_text_of_several_lines_the_line_is_told() {
    assertThat(error("${a} > 1\n  && ${b} >> 2\n"))
        .isEqualTo("line 2, column 12: a value is missing before >");
  }
}
