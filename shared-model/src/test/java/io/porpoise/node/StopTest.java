package io.porpoise.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Completable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopTest {
  private final List<String> done = new ArrayList<>();

  @Test
  void what_was_started_last_is_stopped_first() {
    Stop stop = new Stop(Duration.ofSeconds(10));
    stop.add("first", step("first"));
    stop.add("second", step("second"));

    stop.run();
    stop.run();

    assertThat(done).containsExactly("second", "first");
  }

  @Test
  void a_step_that_fails_or_hangs_does_not_keep_the_others_from_running() {
    Stop stop = new Stop(Duration.ofMillis(200));
    stop.add("first", step("first"));
    stop.add("hangs", Completable.never());
    stop.add("hangs for its own time", Duration.ofMillis(10), Completable.never());
    stop.add("fails", Completable.error(new IllegalStateException("planted")));

    stop.run();

    assertThat(done).containsExactly("first");
  }

  private Completable step(String name) {
    return Completable.fromAction(() -> done.add(name));
  }
}
