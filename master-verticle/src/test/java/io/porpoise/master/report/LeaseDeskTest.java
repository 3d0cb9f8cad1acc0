package io.porpoise.master.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.bus.message.LeaseGrants.Grant;
import io.porpoise.bus.message.LeaseRequest;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Role;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeaseDeskTest {
  private static final MemberId WORKER = new MemberId(Role.WORKER, new NodeId("w1"), 3);

  private final World world = new World(1);
  private final SimNode node = new SimNode(world, "m1");
  private final Map<Integer, Long> confirmed = new HashMap<>();
  private final List<NodeId> acknowledged = new ArrayList<>();
  private final LeaseDesk desk =
      new LeaseDesk(node.clock(), Duration.ofSeconds(20), this::unconfirmed, acknowledged::add);

  @Test
  void a_grant_is_shorter_by_the_age_of_the_epoch() {
    confirmed.put(1, 0L);
    confirmed.put(2, 0L);
    world.runFor(Duration.ofSeconds(5));
    confirmed.put(3, node.clock().monotonicNanos());

    assertThat(ask(1, 2, 3))
        .containsExactly(new Grant(15_000, List.of(1, 2)), new Grant(20_000, List.of(3)));
    assertThat(acknowledged).containsExactly(WORKER.node());
  }

  @Test
  void nothing_is_granted_for_what_is_not_owned_or_not_confirmed_for_long() {
    confirmed.put(1, 0L);
    world.runFor(Duration.ofSeconds(20));

    assertThat(ask(1, 2)).isEmpty();
  }

  private long unconfirmed(int slot, long now) {
    return confirmed.containsKey(slot) ? now - confirmed.get(slot) : Long.MAX_VALUE;
  }

  private List<Grant> ask(Integer... slots) {
    return desk.handle(new LeaseRequest(WORKER, List.of(slots))).grants();
  }
}
