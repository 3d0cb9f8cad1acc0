package io.porpoise.worker.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The matrix in docs/attempt-lifecycle.md is what the code does; run with -Dgolden=write to write
 * it anew.
 */
class AttemptLifecycleDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "attempt-lifecycle.md");
  private static final String BEGIN = "<!-- attempt matrix: generated -->\n";
  private static final String END = "<!-- end -->";

  @Test
  void the_documented_matrix_is_what_the_function_says() throws IOException {
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf(BEGIN) + BEGIN.length();
    int end = document.indexOf(END, begin);
    String actual = AttemptLifecycleMatrix.print();
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(DOCUMENT, document.substring(0, begin) + actual + document.substring(end));
      return;
    }

    assertThat(document.substring(begin, end)).isEqualTo(actual);
  }

  @Test
  void every_event_has_a_sample() {
    Set<Class<?>> sampled =
        AttemptLifecycleMatrix.events().stream().map(Object::getClass).collect(Collectors.toSet());

    assertThat(sampled)
        .containsExactlyInAnyOrder(
            Arrays.stream(AttemptEvent.class.getPermittedSubclasses()).toArray(Class<?>[]::new));
  }

  @Test
  void a_released_attempt_never_moves() {
    AttemptLife released = AttemptLifecycleMatrix.states().get("RELEASED");

    for (AttemptEvent event : AttemptLifecycleMatrix.events()) {
      AttemptStep step = AttemptLifecycle.apply(released, event);
      assertThat(step.life()).isEqualTo(released);
      assertThat(step.effects()).isEmpty();
    }
  }

  @Test
  void an_end_is_told_only_after_the_process_has_ended() {
    AttemptLifecycleMatrix.states()
        .forEach(
            (name, life) -> {
              if (!life.state().isAlive()) {
                return;
              }
              for (AttemptEvent event : AttemptLifecycleMatrix.events()) {
                boolean ends = AttemptLifecycle.apply(life, event).life().phase().isEnd();
                boolean byProcess =
                    event instanceof AttemptEvent.Exited
                        || event instanceof AttemptEvent.Vanished
                        || event instanceof AttemptEvent.NotStarted;
                assertThat(ends && !byProcess).as("%s on %s", name, event).isFalse();
              }
            });
  }
}
