package io.porpoise.parameter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.instance.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SetValueScannerTest {
  private static final List<String> DECLARED = List.of("a", "b", "rows");

  private static SetValueScanner scan(String log) {
    SetValueScanner scanner = new SetValueScanner(DECLARED);
    byte[] bytes = log.getBytes(UTF_8);
    scanner.feed(bytes, 0, bytes.length);
    return scanner;
  }

  static Stream<Arguments> logs() {
    return Stream.of(
        Arguments.of(
            "both notations", "${setValue(a=1)}\n#{setValue(b=2)}", Map.of("a", "1", "b", "2")),
        Arguments.of(
            "within a line", "x ${setValue(a=1)} y ${setValue(b=2)} z", Map.of("a", "1", "b", "2")),
        Arguments.of("the later wins", "${setValue(a=1)}${setValue(a=2)}", Map.of("a", "2")),
        Arguments.of("over lines", "${setValue(a=one\ntwo\n)}", Map.of("a", "one\ntwo\n")),
        Arguments.of("equals signs", "${setValue(a=x=y=z)}", Map.of("a", "x=y=z")),
        Arguments.of("parentheses", "${setValue(a=f(x))}", Map.of("a", "f(x)")),
        Arguments.of("braces", "${setValue(a={\"k\": 1})}", Map.of("a", "{\"k\": 1}")),
        Arguments.of("ends at the first end", "${setValue(a=1)}2)}", Map.of("a", "1")),
        Arguments.of("empty", "${setValue(a=)}", Map.of("a", "")),
        Arguments.of("not declared", "${setValue(other=1)}", Map.of()),
        Arguments.of("key with blanks around", "${setValue( a =1)}", Map.of("a", "1")),
        Arguments.of("value keeps its blanks", "${setValue(a= 1 )}", Map.of("a", " 1 ")),
        Arguments.of("no equals sign", "${setValue(a)}${setValue(b=2)}", Map.of("b", "2")),
        Arguments.of("a false start before", "$${setValue(a=1)}", Map.of("a", "1")),
        Arguments.of("half a start before", "${setVal${setValue(a=1)}", Map.of("a", "1")),
        Arguments.of("a start inside a key", "${setValue(x${setValue(a=1)}", Map.of("a", "1")),
        Arguments.of("no end", "${setValue(a=1", Map.of()),
        Arguments.of("beyond ASCII", "${setValue(a=汉字 ü 🐬)}", Map.of("a", "汉字 ü 🐬")),
        Arguments.of("windows line ends", "${setValue(a=1)}\r\n", Map.of("a", "1")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("logs")
  void finds_what_a_log_sets(String situation, String log, Map<String, String> expect) {
    SetValueScanner scanner = scan(log);

    assertThat(scanner.outputs()).isEqualTo(expect);
    assertThat(scanner.failure()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("logs")
  void finds_the_same_in_single_bytes(String situation, String log, Map<String, String> expect) {
    byte[] bytes = log.getBytes(UTF_8);
    SetValueScanner scanner = new SetValueScanner(DECLARED);
    for (int i = 0; i < bytes.length; i++) {
      scanner.feed(bytes, i, 1);
    }
    assertThat(scanner.outputs()).isEqualTo(expect);
  }

  @Test
  void the_largest_value_is_accepted_and_one_byte_more_is_a_failure() {
    String largest = "v".repeat(SetValueScanner.VALUE_BYTES_MAX);

    assertThat(scan("${setValue(a=" + largest + ")}").outputs()).containsEntry("a", largest);
    SetValueScanner above = scan("${setValue(a=" + largest + "v)}");
    assertThat(above.outputs()).isEmpty();
    assertThat(above.failure().map(Reason::text).orElseThrow())
        .isEqualTo("the value of output a is larger than 65536 bytes; write it to a file instead");
  }

  @Test
  void a_good_value_later_heals_a_failure() {
    SetValueScanner scanner = scan("${setValue(a=" + "v".repeat(70_000) + ")}${setValue(a=1)}");

    assertThat(scanner.outputs()).containsEntry("a", "1");
    assertThat(scanner.failure()).isEmpty();
  }

  @Test
  void a_value_without_end_does_not_swallow_the_rest_of_the_log() {
    SetValueScanner scanner = scan("${setValue(x=\n" + "line\n".repeat(1100) + "${setValue(a=1)}");

    assertThat(scanner.outputs()).containsEntry("a", "1");
    assertThat(scanner.failure()).isEmpty();
    assertThat(scan("${setValue(a=\n" + "line\n".repeat(1100)).failure().map(Reason::text))
        .hasValue("the value of output a has no end, the characters )}, within 1024 lines");
  }

  @Test
  void all_outputs_together_are_limited() {
    List<String> names = new ArrayList<>();
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      names.add("k" + i);
      log.append("${setValue(k").append(i).append('=').append("v".repeat(60_000)).append(")}");
    }
    SetValueScanner scanner = new SetValueScanner(names);
    byte[] bytes = log.toString().getBytes(UTF_8);
    scanner.feed(bytes, 0, bytes.length);

    assertThat(scanner.failure().map(Reason::text))
        .hasValue(
            "with output k17 the outputs of the task have more than 1048576 bytes together;"
                + " write large results to a file");
    assertThat(scanner.outputs()).hasSize(17);
  }

  @Test
  void replacing_a_value_frees_its_bytes() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      log.append("${setValue(a=").append("v".repeat(60_000)).append(")}");
    }

    assertThat(scan(log + "${setValue(b=1)}").failure()).isEmpty();
  }

  @Test
  void what_a_large_value_needed_is_not_held_after_it() {
    String large = "v".repeat(SetValueScanner.VALUE_BYTES_MAX);

    assertThat(scan("${setValue(a=" + large).heldBytes()).isGreaterThanOrEqualTo(large.length());
    assertThat(scan("${setValue(other=" + large + ")}").heldBytes()).isLessThan(4 * 1024);
    assertThat(scan("${setValue(a=" + large + "v)}").heldBytes()).isLessThan(4 * 1024);
    assertThat(scan("${setValue(a=" + large + ")}").heldBytes()).isLessThan(68 * 1024);
  }

  @Test
  void the_longest_value_has_1024_lines() {
    String lines = "line\n".repeat(SetValueScanner.VALUE_LINES_MAX - 1);

    assertThat(scan("${setValue(a=" + lines + "end)}").outputs()).containsEntry("a", lines + "end");
    assertThat(scan("${setValue(a=" + lines + "\nend)}").failure()).isPresent();
  }

  @Test
  void outputs_are_known_while_the_task_still_runs() {
    SetValueScanner scanner = new SetValueScanner(DECLARED);
    byte[] first = "x ${setValue(a=1)} ${setValue(b=be".getBytes(UTF_8);
    byte[] second = "gun)} y".getBytes(UTF_8);

    scanner.feed(first, 0, first.length);
    assertThat(scanner.outputs()).isEqualTo(Map.of("a", "1"));
    scanner.feed(second, 0, second.length);
    assertThat(scanner.outputs()).isEqualTo(Map.of("a", "1", "b", "begun"));
  }

  @Test
  void no_log_throws_and_pieces_of_any_size_give_the_same() {
    Random random = new Random(11);
    String[] parts = {
      "${setValue(", "#{setValue(", "a", "b", "=", ")", "}", "\n", "$", "#", "é", "x", "{"
    };
    for (int round = 0; round < 5_000; round++) {
      StringBuilder log = new StringBuilder();
      for (int i = random.nextInt(30); i >= 0; i--) {
        log.append(parts[random.nextInt(parts.length)]);
      }
      byte[] bytes = log.toString().getBytes(UTF_8);
      SetValueScanner pieces = new SetValueScanner(DECLARED);
      for (int at = 0; at < bytes.length; ) {
        int length = Math.min(bytes.length - at, 1 + random.nextInt(7));
        pieces.feed(bytes, at, length);
        at += length;
      }
      assertThat(pieces.outputs()).as(log.toString()).isEqualTo(scan(log.toString()).outputs());
    }
  }
}
