package io.porpoise.master.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.instance.WorkflowInstanceId;
import org.junit.jupiter.api.Test;

class DeparturesTest {
  private final Departures departures = new Departures();

  @Test
  void what_was_read_before_an_instance_left_is_old() {
    long before = departures.count();
    departures.left(id(1));
    long after = departures.count();

    assertThat(departures.hasLeftSince(id(1), before)).isTrue();
    assertThat(departures.hasLeftSince(id(1), after)).isFalse();
    assertThat(departures.hasLeftSince(id(2), before)).isFalse();
  }

  @Test
  void what_is_forgotten_may_have_left() {
    long before = departures.count();
    for (long id = 1; id <= Departures.REMEMBERED_MAX + 1; id++) {
      departures.left(id(id));
    }

    assertThat(departures.hasLeftSince(id(1), before)).isTrue();
    assertThat(departures.hasLeftSince(id(1), departures.count())).isFalse();
  }

  private static WorkflowInstanceId id(long id) {
    return new WorkflowInstanceId(id);
  }
}
