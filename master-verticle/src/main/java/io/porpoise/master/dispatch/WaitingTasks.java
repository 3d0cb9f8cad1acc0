package io.porpoise.master.dispatch;

import io.porpoise.cluster.NodeId;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The tasks of one shard that wait for a worker: one queue per worker group, so that no group holds
 * up another.
 */
public final class WaitingTasks {
  /** Takes a task that got a worker. */
  public interface Placement {
    void place(Waiting task, NodeId worker);
  }

  private final TreeMap<String, PriorityQueue<Waiting>> groups = new TreeMap<>();

  public void add(Waiting task) {
    groups.computeIfAbsent(task.workerGroup(), group -> new PriorityQueue<>()).add(task);
  }

  /**
   * How many wait; tasks that were killed while they waited may be counted until their turn comes.
   */
  public int size() {
    int size = 0;
    for (PriorityQueue<Waiting> queue : groups.values()) {
      size += queue.size();
    }
    return size;
  }

  /** How many of a group wait. */
  public int size(String group) {
    PriorityQueue<Waiting> queue = groups.get(group);
    return queue == null ? 0 : queue.size();
  }

  /**
   * Places as many as the workers take, in order.
   *
   * @param stillWaits whether it has not been killed meanwhile; those that have are dropped
   * @param choose a worker of the group with room, or null
   */
  public void place(
      Predicate<Waiting> stillWaits, Function<String, NodeId> choose, Placement placement) {
    for (var group : groups.entrySet()) {
      PriorityQueue<Waiting> queue = group.getValue();
      while (!queue.isEmpty()) {
        if (!stillWaits.test(queue.peek())) {
          queue.poll();
          continue;
        }
        NodeId worker = choose.apply(group.getKey());
        if (worker == null) {
          break;
        }
        placement.place(queue.poll(), worker);
      }
    }
    groups.values().removeIf(PriorityQueue::isEmpty);
  }
}
