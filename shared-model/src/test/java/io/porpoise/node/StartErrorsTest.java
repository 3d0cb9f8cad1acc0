package io.porpoise.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.cluster.zookeeper.ZooKeeperUnreachable;
import io.reactivex.rxjava3.exceptions.CompositeException;
import org.junit.jupiter.api.Test;

class StartErrorsTest {
  @Test
  void a_line_for_the_user_is_found_wherever_it_is_wrapped() {
    assertThat(StartErrors.line(new StartFailure("the port\nis taken")))
        .isEqualTo("the port is taken");
    assertThat(StartErrors.line(new IllegalStateException(new ZooKeeperUnreachable("no answer"))))
        .isEqualTo("no answer");
    assertThat(
            StartErrors.line(
                new CompositeException(new StartFailure("first"), new StartFailure("second"))))
        .isEqualTo("first");
  }

  @Test
  void what_nobody_foresaw_points_to_the_log() {
    assertThat(StartErrors.line(new NullPointerException()))
        .isEqualTo("cannot start: NullPointerException; the log file tells more");
  }
}
