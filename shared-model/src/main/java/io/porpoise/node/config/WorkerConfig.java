package io.porpoise.node.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Workers.
 *
 * @param groups the worker groups that it serves
 * @param data attempt directories; empty: {@code worker} in the data directory of the node
 * @param maxRunning attempts at once; more are refused politely
 * @param maxCpu share of all cores in use above which work is refused; 1 never refuses
 * @param maxMemory share of physical memory in use above which work is refused
 * @param maxDisk share of the data directory's disk in use above which work is refused
 * @param killGrace between TERM and KILL
 * @param stopMode what a stop of the worker means for its running attempts
 * @param stopWait for {@code stop_mode: wait}: how long
 * @param spoolTtl how long logs and attempt directories are kept after the end
 * @param refusalMemory how long a refusal or a kill that came before its dispatch is remembered
 * @param shell runs the scripts of Shell tasks
 */
public record WorkerConfig(
    @Setting("default") List<String> groups,
    @Setting("") Optional<Path> data,
    @Setting(value = "200", min = "1", max = "100000") int maxRunning,
    @Setting(value = "1.0", min = "0.1", max = "1.0") double maxCpu,
    @Setting(value = "0.95", min = "0.1", max = "1.0") double maxMemory,
    @Setting(value = "0.97", min = "0.1", max = "1.0") double maxDisk,
    @Setting(value = "5s", min = "0s", max = "10m") Duration killGrace,
    @Setting("leave") StopMode stopMode,
    @Setting(value = "10m", min = "1s", max = "7d") Duration stopWait,
    @Setting(value = "7d", min = "1m", max = "3650d") Duration spoolTtl,
    @Setting(value = "15m", min = "10m", max = "1d") Duration refusalMemory,
    @Setting("/bin/bash") String shell) {
  /** What becomes of running attempts when the worker is stopped. */
  public enum StopMode {
    /** They go on under the keeper; the next start re-adopts them. */
    LEAVE,
    /** No new ones are taken, and the stop waits for those that run. */
    WAIT,
    /** They are killed. */
    KILL
  }

  public WorkerConfig {
    groups = List.copyOf(groups);
  }
}
