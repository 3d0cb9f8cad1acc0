package io.porpoise.worker.heartbeat;

import com.sun.management.OperatingSystemMXBean;
import io.porpoise.worker.pool.Offload;
import io.reactivex.rxjava3.core.Single;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The load of this machine, as its kernel tells it. */
public final class MachineLoad implements LoadProbe {
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Path PROCESS = Path.of("/proc/self/status");

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final File data;
  private final Offload files;

  /**
   * @param data a directory on the disk that counts
   */
  public MachineLoad(Path data, Offload files) {
    this.data = data.toFile();
    this.files = files;
  }

  @Override
  public Single<Sample> sample() {
    return files.call(this::look);
  }

  private Sample look() throws IOException {
    String memory = Files.readString(MEMORY, StandardCharsets.US_ASCII);
    // What the kernel would give away again counts as free.
    double available = kilobytes(memory, "MemAvailable:");
    double total = Math.max(1, kilobytes(memory, "MemTotal:"));
    double disk = data.getTotalSpace();
    return new Sample(
        share(system.getCpuLoad()),
        share(1 - available / total),
        disk > 0 ? share(1 - data.getUsableSpace() / disk) : 0,
        kilobytes(Files.readString(PROCESS, StandardCharsets.US_ASCII), "VmRSS:") * 1024);
  }

  private static double share(double value) {
    return Double.isNaN(value) ? 0 : Math.max(0, Math.min(1, value));
  }

  private static long kilobytes(String text, String name) {
    int at = text.indexOf(name);
    if (at < 0) {
      return 0;
    }
    String line = text.substring(at + name.length(), text.indexOf('\n', at));
    return Long.parseLong(line.replace("kB", "").strip());
  }
}
