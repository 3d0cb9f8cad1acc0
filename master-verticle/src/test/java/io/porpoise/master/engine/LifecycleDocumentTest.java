package io.porpoise.master.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables and diagrams in docs/lifecycle.md are what the code does; run with -Dgolden=write to
 * write it anew.
 */
class LifecycleDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "lifecycle.md");
  private static final String END = "<!-- end -->";

  static Stream<Arguments> tables() {
    return Stream.of(
        arguments("task matrix", TaskLifecycleMatrix.print(TaskRules.Kind.PROCESS)),
        arguments("sub-workflow matrix", TaskLifecycleMatrix.print(TaskRules.Kind.CHILD)),
        arguments("decision matrix", TaskLifecycleMatrix.print(TaskRules.Kind.DECISION)),
        arguments("no-op matrix", TaskLifecycleMatrix.print(TaskRules.Kind.NO_OP)),
        arguments("workflow matrix", WorkflowLifecycleMatrix.print()),
        arguments("task diagram", TaskLifecycleMatrix.draw(TaskRules.Kind.PROCESS)),
        arguments("workflow diagram", WorkflowLifecycleMatrix.draw()),
        arguments("serial arrivals", WorkflowLifecycleMatrix.arrivals()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tables")
  void the_documented_matrix_is_what_the_function_says(String name, String actual)
      throws IOException {
    String document = Files.readString(DOCUMENT);
    String head = "<!-- " + name + ": generated -->\n";
    int begin = document.indexOf(head) + head.length();
    int end = document.indexOf(END, begin);
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(DOCUMENT, document.substring(0, begin) + actual + document.substring(end));
      return;
    }

    assertThat(document).contains(head);
    assertThat(document.substring(begin, end)).isEqualTo(actual);
  }

  @Test
  void every_event_has_a_sample() {
    Set<Class<?>> sampled =
        TaskLifecycleMatrix.events().stream().map(Object::getClass).collect(Collectors.toSet());

    assertThat(sampled)
        .containsExactlyInAnyOrder(
            Arrays.stream(TaskEvent.class.getPermittedSubclasses()).toArray(Class<?>[]::new));
  }
}
