package io.porpoise.master.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Reachability.Finding;
import io.porpoise.cluster.Role;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.World;
import io.porpoise.store.SlotStore.SlotRow;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuspectsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration JUST_BEFORE = PATIENCE.minusMillis(10);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final MemberId SELF = master("m1");
  private static final MemberId OTHER = master("m2");

  private final World world = new World(1);
  private final SimNode node = new SimNode(world, "m1");
  private Finding finding = Finding.REFUSED;
  private int probes;
  private int changes;
  private final Suspects suspects =
      new Suspects(
          node.clock(),
          (member, timeout) -> {
            probes++;
            return Single.just(finding);
          },
          SELF,
          PATIENCE,
          () -> changes++);

  @Test
  void silence_and_a_refused_connection_make_a_suspect() {
    suspects.members(List.of(member(SELF), member(OTHER)));

    world.runFor(JUST_BEFORE);
    assertThat(suspects.isSuspected(OTHER)).isFalse();
    assertThat(probes).isZero();

    world.runFor(SOON);
    assertThat(suspects.isSuspected(OTHER)).isTrue();
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void who_is_silent_but_refuses_nothing_is_left_to_its_session() {
    finding = Finding.CONNECTED;
    suspects.members(List.of(member(SELF), member(OTHER)));
    world.runFor(Duration.ofSeconds(5));
    finding = Finding.SILENT;
    world.runFor(Duration.ofSeconds(5));

    assertThat(suspects.isSuspected(OTHER)).isFalse();
    assertThat(probes).isGreaterThan(5);
  }

  @Test
  void who_dies_after_having_been_frozen_is_found_soon() {
    finding = Finding.CONNECTED;
    suspects.members(List.of(member(SELF), member(OTHER)));
    world.runFor(Duration.ofSeconds(5));

    finding = Finding.REFUSED;
    world.runFor(SOON);

    assertThat(suspects.isSuspected(OTHER)).isTrue();
  }

  @Test
  void who_is_heard_is_not_even_probed() {
    suspects.members(List.of(member(SELF), member(OTHER)));
    for (int i = 0; i < 10; i++) {
      world.runFor(Duration.ofSeconds(1));
      suspects.heard(OTHER);
    }

    assertThat(probes).isZero();
  }

  @Test
  void a_late_heartbeat_does_not_bring_the_dead_back() {
    suspects.members(List.of(member(SELF), member(OTHER)));
    world.runFor(PATIENCE.plus(SOON));

    suspects.heard(OTHER);
    world.runFor(SOON);

    assertThat(suspects.isSuspected(OTHER)).isTrue();
  }

  @Test
  void a_suspect_that_claims_slots_is_trusted_from_then_on() {
    suspects.members(List.of(member(SELF), member(OTHER)));
    world.runFor(PATIENCE.plus(SOON));

    suspects.read(List.of(new SlotRow(0, OTHER.node(), 1, 7), new SlotRow(1, SELF.node(), 1, 3)));
    suspects.read(List.of(new SlotRow(0, SELF.node(), 1, 8), new SlotRow(1, SELF.node(), 1, 3)));
    assertThat(suspects.isSuspected(OTHER)).isTrue();

    suspects.read(List.of(new SlotRow(0, OTHER.node(), 1, 9), new SlotRow(1, SELF.node(), 1, 3)));
    assertThat(suspects.isSuspected(OTHER)).isFalse();

    world.runFor(Duration.ofSeconds(20));
    assertThat(suspects.isSuspected(OTHER)).isFalse();
    assertThat(changes).isEqualTo(2);
  }

  @Test
  void nobody_suspects_itself() {
    suspects.members(List.of(member(SELF)));
    world.runFor(PATIENCE.plus(SOON));

    assertThat(suspects.isSuspected(SELF)).isFalse();
    assertThat(probes).isZero();
  }

  @Test
  void who_has_left_is_forgotten() {
    suspects.members(List.of(member(SELF), member(OTHER)));
    world.runFor(PATIENCE.plus(SOON));

    suspects.members(List.of(member(SELF)));
    assertThat(suspects.isSuspected(OTHER)).isFalse();
  }

  private static MemberId master(String node) {
    return new MemberId(Role.MASTER, new NodeId(node), 1);
  }

  private static Member member(MemberId id) {
    return new Member(id, "host", 1, "test", World.GENESIS, 1, List.of(), "");
  }
}
