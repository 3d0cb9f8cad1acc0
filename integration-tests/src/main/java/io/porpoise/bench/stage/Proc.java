package io.porpoise.bench.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** One process, as /proc shows it. */
public record Proc(long pid) {
  private static final double TICKS_PER_SECOND = 100;
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int USER_OF_CHILDREN = 13;
  private static final int SYSTEM_OF_CHILDREN = 14;

  /** Seconds of CPU that it has used, its children apart. */
  public double cpuSeconds() throws IOException {
    return seconds(root().resolve("stat"), USER, SYSTEM);
  }

  /** Seconds of CPU of its children that have ended, and of theirs. */
  public double childrenSeconds() throws IOException {
    return seconds(root().resolve("stat"), USER_OF_CHILDREN, SYSTEM_OF_CHILDREN);
  }

  /** Seconds of CPU of a JVM's living compiler threads and of its collector's. */
  public double overheadSeconds() throws IOException {
    try (Stream<Path> threads = Files.list(root().resolve("task"))) {
      return threads.filter(Proc::isOverhead).mapToDouble(Proc::threadSeconds).sum();
    }
  }

  private static boolean isOverhead(Path thread) {
    try {
      String name = Files.readString(thread.resolve("comm")).strip();
      return name.matches("C[12] Compiler.*|VM Thread|G1 .*|GC Thread.*");
    } catch (IOException ended) {
      return false;
    }
  }

  private static double threadSeconds(Path thread) {
    try {
      return seconds(thread.resolve("stat"), USER, SYSTEM);
    } catch (IOException ended) {
      return 0;
    }
  }

  private static double seconds(Path file, int user, int system) throws IOException {
    String stat = Files.readString(file);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[user]) + Long.parseLong(fields[system])) / TICKS_PER_SECOND;
  }

  /** One field of its status, e.g. VmRSS (kB) or Threads. */
  public long status(String field) throws IOException {
    for (String line : Files.readAllLines(root().resolve("status"))) {
      if (line.startsWith(field + ":")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no " + field + " of process " + pid);
  }

  public double residentMiB() throws IOException {
    return status("VmRSS") / 1024.0;
  }

  /** The most that was resident since {@link #forgetPeak}. */
  public double peakMiB() throws IOException {
    return status("VmHWM") / 1024.0;
  }

  /** Sets the peak of resident memory to what is resident now. */
  public void forgetPeak() {
    try {
      Files.writeString(root().resolve("clear_refs"), "5");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path root() {
    return Path.of("/proc/" + pid);
  }
}
