package io.porpoise.worker.heartbeat;

import io.reactivex.rxjava3.core.Single;

/** Looks at the machine. Called on the worker's event loop, answers there. */
@FunctionalInterface
public interface LoadProbe {
  Single<Sample> sample();

  /**
   * What it saw.
   *
   * @param cpu share of all cores in use since the last look, 0 to 1
   * @param memory share of physical memory in use, 0 to 1
   * @param disk share of the spool's disk in use, 0 to 1
   * @param processBytes resident memory of this process
   */
  record Sample(double cpu, double memory, double disk, long processBytes) {
    public static final Sample UNKNOWN = new Sample(0, 0, 0, 0);
  }
}
