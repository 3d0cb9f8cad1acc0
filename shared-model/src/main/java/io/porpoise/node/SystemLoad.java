package io.porpoise.node;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How busy the machine is and how big this process. Reads files of the operating system: call it
 * off the event loops.
 */
public final class SystemLoad {
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final long PAGE_BYTES = 4096;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final Path data;

  /**
   * @param data on the disk that matters
   */
  public SystemLoad(Path data) {
    this.data = data;
  }

  /**
   * One look.
   *
   * @param cpu share of all cores in use since the last look, 0 to 1
   * @param memory share of physical memory that cannot be had, 0 to 1
   * @param disk share of the disk in use, 0 to 1
   * @param processBytes resident memory of this process, 0 where the system does not tell
   */
  public record Sample(double cpu, double memory, double disk, long processBytes) {}

  public Sample sample() {
    return new Sample(share(system.getCpuLoad()), memory(), disk(), processBytes());
  }

  private double memory() {
    long total = system.getTotalMemorySize();
    return share(1.0 - (double) availableBytes() / total);
  }

  /** Free memory alone would count the page cache as used. */
  private long availableBytes() {
    try {
      for (String line : Files.readAllLines(MEMINFO)) {
        if (line.startsWith("MemAvailable:")) {
          return Long.parseLong(line.replaceAll("\\D+", "")) * 1024;
        }
      }
    } catch (IOException | NumberFormatException e) {
      return system.getFreeMemorySize();
    }
    return system.getFreeMemorySize();
  }

  private double disk() {
    try {
      FileStore store = Files.getFileStore(data);
      return share(1.0 - (double) store.getUsableSpace() / store.getTotalSpace());
    } catch (IOException e) {
      return 0;
    }
  }

  private static long processBytes() {
    try {
      return Long.parseLong(Files.readString(STATM).split(" ")[1]) * PAGE_BYTES;
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  private static double share(double value) {
    return Double.isNaN(value) ? 0 : Math.min(1, Math.max(0, value));
  }
}
