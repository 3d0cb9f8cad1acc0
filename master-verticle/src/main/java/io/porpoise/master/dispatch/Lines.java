package io.porpoise.master.dispatch;

import io.porpoise.bus.Bus;
import io.porpoise.bus.message.Dispatch;
import io.porpoise.bus.message.KillBatch.Kill;
import io.porpoise.bus.message.Reconcile.SlotEpoch;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The lines of one shard to all workers that are there: one per node, to its newest incarnation.
 */
public final class Lines {
  private record Line(MemberId worker, WorkerLine line) {}

  private final Clock clock;
  private final Bus bus;
  private final String ownerAddress;
  private final Duration timeout;
  private final WorkerAnswers listener;
  private final Supplier<List<SlotEpoch>> ownedSlots;
  private final TreeMap<NodeId, Line> lines = new TreeMap<>();

  /**
   * @param ownedSlots the slots of which a new worker must be told
   */
  public Lines(
      Clock clock,
      Bus bus,
      String ownerAddress,
      Duration timeout,
      Supplier<List<SlotEpoch>> ownedSlots,
      WorkerAnswers listener) {
    this.clock = clock;
    this.bus = bus;
    this.ownerAddress = ownerAddress;
    this.timeout = timeout;
    this.ownedSlots = ownedSlots;
    this.listener = listener;
  }

  /**
   * Opens lines to workers (or incarnations) that are new and closes those to workers that are
   * gone.
   */
  public void members(List<Member> newestWorkers) {
    TreeMap<NodeId, Line> before = new TreeMap<>(lines);
    lines.clear();
    for (Member member : newestWorkers) {
      Line known = before.get(member.id().node());
      if (known != null && known.worker().equals(member.id())) {
        lines.put(member.id().node(), before.remove(member.id().node()));
        continue;
      }
      WorkerLine line = new WorkerLine(clock, bus, member.id(), ownerAddress, timeout, listener);
      lines.put(member.id().node(), new Line(member.id(), line));
      line.reconcile(ownedSlots.get());
    }
    before.values().forEach(gone -> gone.line().close());
  }

  /** Tells all workers of slots that were gained. */
  public void reconcile(List<SlotEpoch> gained) {
    lines.values().forEach(line -> line.line().reconcile(gained));
  }

  public boolean isReconciled(MemberId worker) {
    Line line = lines.get(worker.node());
    return line != null && line.worker().equals(worker) && line.line().isReconciled();
  }

  public boolean isThere(NodeId worker) {
    return lines.containsKey(worker);
  }

  /**
   * To the worker's present incarnation; if there is none, a later inventory will show what is
   * missing.
   */
  public void dispatch(NodeId worker, Dispatch dispatch) {
    Line line = lines.get(worker);
    if (line != null) {
      line.line().dispatch(dispatch);
    }
  }

  public void kill(NodeId worker, Kill kill) {
    Line line = lines.get(worker);
    if (line != null) {
      line.line().kill(kill);
    }
  }

  /** Sends what has gathered. */
  public void flush() {
    lines.values().forEach(line -> line.line().flush());
  }

  public void close() {
    lines.values().forEach(line -> line.line().close());
    lines.clear();
  }
}
