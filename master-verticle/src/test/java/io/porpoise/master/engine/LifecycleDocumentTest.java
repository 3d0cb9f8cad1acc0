package io.porpoise.master.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The matrix in docs/lifecycle.md is what the code does; run with -Dgolden=write to write it anew.
 */
class LifecycleDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "lifecycle.md");
  private static final String BEGIN = "<!-- task matrix: generated -->\n";
  private static final String END = "<!-- end -->";

  @Test
  void the_documented_matrix_is_what_the_function_says() throws IOException {
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf(BEGIN) + BEGIN.length();
    int end = document.indexOf(END, begin);
    String actual = TaskLifecycleMatrix.print();
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(DOCUMENT, document.substring(0, begin) + actual + document.substring(end));
      return;
    }

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
