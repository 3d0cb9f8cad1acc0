package io.porpoise.cluster;

/**
 * One life of one node. The incarnation grows with every start of the node, so a newer one
 * supersedes an older one at once, and nothing that was meant for a former life reaches the present
 * one.
 */
public record MemberId(Role role, NodeId node, long incarnation) implements Comparable<MemberId> {
  /** Whether this is a later life of the same node. */
  public boolean supersedes(MemberId other) {
    return role == other.role && node.equals(other.node) && incarnation > other.incarnation;
  }

  @Override
  public int compareTo(MemberId other) {
    int byRole = role.compareTo(other.role);
    int byNode = byRole != 0 ? byRole : node.compareTo(other.node);
    return byNode != 0 ? byNode : Long.compare(incarnation, other.incarnation);
  }

  @Override
  public String toString() {
    return role.name().toLowerCase(java.util.Locale.ROOT) + "/" + node + "/" + incarnation;
  }
}
