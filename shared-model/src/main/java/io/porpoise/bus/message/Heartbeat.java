package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.cluster.MemberId;
import java.util.List;

/**
 * Proof of life with load, published about once a second by every member; by a worker that is
 * nearly full also as soon as its room has changed.
 */
public record Heartbeat(MemberId member, Load load) implements Message {
  /**
   * How busy a node is.
   *
   * @param cpu share of all cores in use, 0 to 1
   * @param memory share of physical memory in use, 0 to 1
   * @param disk share of the data directory's disk in use, 0 to 1
   * @param processBytes resident memory of the process
   * @param running workers: attempts at the worker; masters: unfinished instances in memory
   * @param capacity workers: how many attempts it takes; 0 for other roles
   * @param waiting masters: tasks waiting for a worker
   * @param slots masters: slots owned
   * @param refusing why it takes no more work at present, or null
   * @param asking workers: the addresses of owners that it has lately refused for want of room
   */
  public record Load(
      double cpu,
      double memory,
      double disk,
      long processBytes,
      int running,
      int capacity,
      int waiting,
      int slots,
      String refusing,
      List<String> asking) {
    /** Whether it refuses for want of room only, which comes up again place by place. */
    public boolean lacksRoom() {
      return capacity > 0 && running >= capacity;
    }
  }
}
