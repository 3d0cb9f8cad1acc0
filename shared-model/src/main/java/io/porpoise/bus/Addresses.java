package io.porpoise.bus;

import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;

/**
 * Every address of the bus. They are few and fixed, because every registration is an entry in
 * ZooKeeper: one per node (or shard) and purpose, never one per instance, task, log or browser.
 * None contains a slash, because it names an entry, and the cluster manager reads only up to it.
 */
public final class Addresses {
  /**
   * Published {@link io.porpoise.bus.message.Heartbeat}s of all members, their {@link
   * io.porpoise.bus.message.Parting}, and API nodes' {@link io.porpoise.bus.message.FeedWanted}.
   */
  public static final String HEARTBEAT = "porpoise.heartbeat";

  /** Published {@link io.porpoise.bus.message.SlotsMoved}. */
  public static final String SLOTS = "porpoise.slots";

  private Addresses() {}

  /** Dispatches, kills and reconciliation for a worker. */
  public static String intake(MemberId worker) {
    return of(worker) + ".intake";
  }

  /** Log reads at a worker. */
  public static String logs(MemberId worker) {
    return of(worker) + ".logs";
  }

  /** Everything that concerns the instances of one shard of a master. */
  public static String shard(MemberId master, int shard) {
    return of(master) + ".shard." + shard;
  }

  /** The shard of a master that owns a slot, if the master owns it at all. */
  public static String shardOf(Member master, int slot) {
    return shard(master.id(), slot % master.shards());
  }

  /** Live events for an API node. */
  public static String events(MemberId api) {
    return of(api) + ".events";
  }

  private static String of(MemberId member) {
    return "porpoise." + member.toString().replace('/', '.');
  }
}
