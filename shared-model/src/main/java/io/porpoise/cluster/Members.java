package io.porpoise.cluster;

import java.util.List;
import java.util.TreeMap;

/** Selections from a membership. */
public final class Members {
  private Members() {}

  /** The members of a role, only the newest incarnation of each node, by node id. */
  public static List<Member> newest(List<Member> members, Role role) {
    TreeMap<NodeId, Member> newest = new TreeMap<>();
    for (Member member : members) {
      if (member.id().role() == role) {
        newest.merge(
            member.id().node(),
            member,
            (a, b) -> a.id().incarnation() >= b.id().incarnation() ? a : b);
      }
    }
    return List.copyOf(newest.values());
  }
}
