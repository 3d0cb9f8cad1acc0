package io.porpoise.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest {
  @Test
  void ready_includes_what_speaks_against_being_alive() {
    Health health = new Health();
    health.addLive("loops", Optional::empty);
    health.addReady("database", () -> Optional.of("no answer"));

    assertThat(health.live()).extracting(Health.Finding::isWell).containsExactly(true);
    assertThat(health.ready())
        .extracting(Health.Finding::name, Health.Finding::isWell)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("loops", true),
            org.assertj.core.groups.Tuple.tuple("database", false));
  }
}
