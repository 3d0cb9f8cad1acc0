package io.porpoise.master.dispatch;

import io.porpoise.bus.message.Heartbeat;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.instance.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The workers as one shard knows them, and the choice among them: the one with the most room of its
 * own share, then the name. What other owners have sent is seen in the heartbeats, what this shard
 * has sent is counted at once. Where others ask for room as well, they share it.
 */
public final class Workers {
  /** Before its first heartbeat a worker gets little: it may be full. */
  static final int CAPACITY_UNKNOWN = 4;

  private static final String FULL = "WORKER_FULL";

  private static final class View {
    final Member member;
    int capacity = CAPACITY_UNKNOWN;
    int ofOthers;

    /** How many this shard may have there; those that end make room for its own next ones. */
    int limit = CAPACITY_UNKNOWN;

    String refusing;

    View(Member member) {
      this.member = member;
    }
  }

  private final String ownAddress;
  private final Placements placements;
  private final Predicate<MemberId> canBeTold;
  private final TreeMap<NodeId, View> views = new TreeMap<>();

  /**
   * @param ownAddress the shard's
   * @param canBeTold whether the worker has answered to the present owner of all slots
   */
  public Workers(String ownAddress, Placements placements, Predicate<MemberId> canBeTold) {
    this.ownAddress = ownAddress;
    this.placements = placements;
    this.canBeTold = canBeTold;
  }

  /**
   * The newest incarnation of each worker, as the registry says; keeps what is known of those that
   * stay.
   */
  public void members(List<Member> workers) {
    TreeMap<NodeId, View> before = new TreeMap<>(views);
    views.clear();
    for (Member member : workers) {
      View known = before.get(member.id().node());
      boolean same = known != null && known.member.id().equals(member.id());
      views.put(member.id().node(), same ? known : new View(member));
    }
  }

  public void heard(Heartbeat heartbeat) {
    View view = views.get(heartbeat.member().node());
    if (view != null && view.member.id().equals(heartbeat.member())) {
      Heartbeat.Load load = heartbeat.load();
      int own = own(view);
      view.capacity = load.capacity();
      view.ofOthers = Math.max(0, load.running() - own);
      int room = Math.max(0, view.capacity - view.ofOthers - own);
      int sharers = load.asking().size() + (load.asking().contains(ownAddress) ? 0 : 1);
      view.limit = own + (room + sharers - 1) / sharers;
      view.refusing = load.lacksRoom() ? null : load.refusing();
    }
  }

  /**
   * A worker refused an attempt: until its next heartbeat says otherwise it takes none, or, when it
   * is full, no more than it has taken.
   */
  public void refused(NodeId worker, Reason reason) {
    View view = views.get(worker);
    if (view == null) {
      return;
    }
    if (reason.code().equals(FULL)) {
      view.limit = Math.min(view.limit, own(view)) - 1; // the refused one is still among its own
    } else {
      view.refusing = reason.text();
    }
  }

  /** A worker of the group with room, or null. */
  public NodeId choose(String group) {
    View best = null;
    double bestShare = Double.MAX_VALUE;
    for (View view : views.values()) {
      if (view.refusing != null
          || own(view) >= view.limit
          || !view.member.workerGroups().contains(group)
          || !canBeTold.test(view.member.id())) {
        continue;
      }
      double share = (double) taken(view) / Math.max(1, view.capacity);
      if (share < bestShare) {
        best = view;
        bestShare = share;
      }
    }
    return best == null ? null : best.member.id().node();
  }

  private int taken(View view) {
    return own(view) + view.ofOthers;
  }

  private int own(View view) {
    return placements.count(view.member.id().node());
  }

  /** Why a task of the group waits. */
  public Reason whyWaiting(String group) {
    List<View> ofGroup = new ArrayList<>();
    for (View view : views.values()) {
      if (view.member.workerGroups().contains(group)) {
        ofGroup.add(view);
      }
    }
    if (ofGroup.isEmpty()) {
      return new Reason("NO_WORKER", "waiting for worker group " + group + ": 0 of 0 workers up");
    }
    for (View view : ofGroup) {
      if (view.refusing != null) {
        return new Reason(
            "WORKERS_FULL",
            "waiting for worker group "
                + group
                + ": "
                + view.member.id().node()
                + " refuses ("
                + view.refusing
                + ")");
      }
    }
    int taken = ofGroup.stream().mapToInt(this::taken).sum();
    int capacity = ofGroup.stream().mapToInt(view -> view.capacity).sum();
    return new Reason(
        "WORKERS_FULL",
        "waiting for worker group "
            + group
            + ": "
            + taken
            + " of "
            + capacity
            + " places of "
            + ofGroup.size()
            + (ofGroup.size() == 1 ? " worker" : " workers")
            + " taken");
  }
}
