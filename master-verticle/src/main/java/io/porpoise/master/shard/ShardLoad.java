package io.porpoise.master.shard;

/**
 * How much a shard has in hand.
 *
 * @param instances unfinished ones in memory
 * @param waiting tasks without a worker
 * @param slots owned
 */
public record ShardLoad(int instances, int waiting, int slots) {
  public ShardLoad plus(ShardLoad other) {
    return new ShardLoad(instances + other.instances, waiting + other.waiting, slots + other.slots);
  }
}
