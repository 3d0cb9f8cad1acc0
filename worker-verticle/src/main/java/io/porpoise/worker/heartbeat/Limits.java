package io.porpoise.worker.heartbeat;

import io.porpoise.instance.Reason;
import java.util.Locale;

/**
 * From when on a worker takes no more work.
 *
 * @param running attempts at once
 * @param cpu share of all cores; 1 and more: never
 * @param memory share of physical memory; 1 and more: never
 * @param disk share of the spool's disk; 1 and more: never
 */
public record Limits(int running, double cpu, double memory, double disk) {
  /** Why a worker in that state takes no more, or null. */
  public Reason refusing(int runningNow, LoadProbe.Sample load) {
    if (runningNow >= running) {
      return new Reason(
          "WORKER_FULL", "the worker runs " + runningNow + " of at most " + running + " attempts");
    }
    Reason busy = above("cpu", load.cpu(), cpu);
    busy = busy != null ? busy : above("memory", load.memory(), memory);
    return busy != null ? busy : above("disk", load.disk(), disk);
  }

  private static Reason above(String what, double value, double limit) {
    return limit >= 1 || value <= limit
        ? null
        : new Reason(
            "WORKER_BUSY",
            String.format(
                Locale.ROOT,
                "the worker's %s is at %.0f %%, above its limit of %.0f %%",
                what,
                value * 100,
                limit * 100));
  }
}
