package io.porpoise.master.slot;

import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Slot;
import java.util.BitSet;
import java.util.List;

/**
 * Who should own which slot: rendezvous hashing, so that a member that comes or goes moves only its
 * own share. Pure.
 */
public final class SlotPlan {
  private SlotPlan() {}

  /** The slots that {@code self} should own among these masters. */
  public static BitSet wanted(NodeId self, List<MemberId> masters) {
    BitSet wanted = new BitSet(Slot.COUNT);
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      NodeId best = null;
      long bestScore = 0;
      for (MemberId master : masters) {
        long score = score(slot, master.node());
        if (best == null || Long.compareUnsigned(score, bestScore) > 0) {
          best = master.node();
          bestScore = score;
        }
      }
      if (self.equals(best)) {
        wanted.set(slot);
      }
    }
    return wanted;
  }

  private static long score(int slot, NodeId node) {
    long hash = 0xcbf29ce484222325L ^ slot;
    for (int i = 0; i < node.value().length(); i++) {
      hash = (hash ^ node.value().charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
