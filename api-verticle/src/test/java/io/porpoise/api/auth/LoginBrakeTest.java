package io.porpoise.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginBrakeTest {
  private final LoginBrake brake = new LoginBrake();

  private Duration fail(String user, String address, long now) {
    LoginBrake.Verdict verdict = brake.begin(user, address, now);
    assertThat(verdict.isRefused()).isFalse();
    brake.ended(user, address, false, now);
    return verdict.pause();
  }

  @Test
  void after_four_failures_each_attempt_waits_longer_up_to_ten_seconds() {
    for (int i = 0; i < 4; i++) {
      assertThat(fail("ada", "10.0.0.1", 0)).isZero();
    }

    assertThat(fail("ada", "10.0.0.1", 0)).isEqualTo(Duration.ofMillis(250));
    assertThat(fail("ada", "10.0.0.1", 0)).isEqualTo(Duration.ofMillis(500));
    for (int i = 0; i < 20; i++) {
      fail("ada", "10.0.0.1", 0);
    }
    assertThat(fail("ada", "10.0.0.1", 0)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void the_user_is_not_slowed_down_from_elsewhere() {
    for (int i = 0; i < 10; i++) {
      fail("ada", "10.0.0.1", 0);
    }

    assertThat(fail("ada", "10.0.0.2", 0)).isZero();
  }

  @Test
  void guessing_many_users_from_one_address_is_slowed_down_as_well() {
    for (int i = 0; i < 20; i++) {
      assertThat(fail("user" + i, "10.0.0.1", 0)).isZero();
    }

    assertThat(fail("another", "10.0.0.1", 0)).isPositive();
  }

  @Test
  void attempts_at_the_same_moment_count_before_their_outcome_is_known() {
    for (int i = 0; i < 4; i++) {
      assertThat(brake.begin("ada", "10.0.0.1", 0).pause()).isZero();
    }

    assertThat(brake.begin("ada", "10.0.0.1", 0).pause()).isPositive();
    assertThat(brake.begin("ada", "10.0.0.1", 0).isRefused()).isTrue();
  }

  @Test
  void success_and_time_forgive() {
    for (int i = 0; i < 6; i++) {
      fail("ada", "10.0.0.1", 0);
    }
    brake.begin("ada", "10.0.0.1", 0);
    brake.ended("ada", "10.0.0.1", true, 0);
    assertThat(fail("ada", "10.0.0.1", 0)).isZero();

    for (int i = 0; i < 6; i++) {
      fail("bob", "10.0.0.3", 0);
    }
    assertThat(fail("bob", "10.0.0.3", Duration.ofMinutes(16).toNanos())).isZero();
  }

  @Test
  void its_memory_is_bounded() {
    for (int i = 0; i < 30_000; i++) {
      fail("user", "10.0." + i / 250 + "." + i % 250, 0);
    }

    assertThat(brake.size()).isLessThanOrEqualTo(10_001);
  }
}
