package io.porpoise.master.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Role;
import io.porpoise.cluster.Slot;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotPlanTest {
  private static final List<MemberId> THREE = List.of(master("m1"), master("m2"), master("m3"));

  @Test
  void every_slot_is_wanted_by_exactly_one_master() {
    BitSet all = new BitSet();
    int sum = 0;
    for (MemberId master : THREE) {
      BitSet wanted = SlotPlan.wanted(master.node(), THREE);
      assertThat(all.intersects(wanted)).isFalse();
      all.or(wanted);
      sum += wanted.cardinality();
    }
    assertThat(sum).isEqualTo(Slot.COUNT);
  }

  @Test
  void the_shares_are_about_equal() {
    for (MemberId master : THREE) {
      assertThat(SlotPlan.wanted(master.node(), THREE).cardinality()).isBetween(280, 400);
    }
  }

  @Test
  void a_master_that_leaves_moves_only_its_own_slots() {
    BitSet before = SlotPlan.wanted(new NodeId("m1"), THREE);
    BitSet after = SlotPlan.wanted(new NodeId("m1"), THREE.subList(0, 2));

    before.andNot(after);
    assertThat(before.isEmpty()).isTrue();
  }

  private static MemberId master(String node) {
    return new MemberId(Role.MASTER, new NodeId(node), 1);
  }
}
