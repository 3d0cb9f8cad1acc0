package io.porpoise.worker.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the kernel tells in {@code /proc}. */
final class ProcFiles {
  private static final Path UPTIME = Path.of("/proc/uptime");
  private static final int START_TIME_FIELD = 19;
  private static final long NANOS_PER_HUNDREDTH = 10_000_000;

  private ProcFiles() {}

  /** Hundredths of a second since the machine was started; goes on while it is suspended. */
  static long uptime() throws IOException {
    String text = Files.readString(UPTIME, StandardCharsets.US_ASCII);
    return Long.parseLong(text.substring(0, text.indexOf(' ')).replace(".", ""));
  }

  static Duration hundredths(long count) {
    return Duration.ofNanos(Math.max(0, count) * NANOS_PER_HUNDREDTH);
  }

  static long hundredths(Duration duration) {
    return duration.toNanos() / NANOS_PER_HUNDREDTH;
  }

  /** Whether the process of that pid is the one that was started then, and alive. */
  static boolean isAlive(long pid, long start) {
    try {
      String stat =
          Files.readString(
              Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return !fields[0].equals("Z") && Long.parseLong(fields[START_TIME_FIELD]) == start;
    } catch (IOException gone) {
      return false;
    }
  }
}
