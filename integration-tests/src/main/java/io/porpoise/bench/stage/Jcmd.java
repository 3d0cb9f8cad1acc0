package io.porpoise.bench.stage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks another JVM by the JDK's own tool. */
public final class Jcmd {
  private Jcmd() {}

  /** Bytes of all living objects, after a full collection. */
  public static long liveBytes(long pid) throws IOException, InterruptedException {
    // The first line from the end: "Total  instances  bytes". The histogram collects first.
    String[] lines = run(pid, "GC.class_histogram").strip().split("\n");
    String[] total = lines[lines.length - 1].strip().split("\\s+");
    if (!total[0].equals("Total")) {
      throw new IOException("no histogram of process " + pid + ": " + lines[lines.length - 1]);
    }
    return Long.parseLong(total[2]);
  }

  /** What one command answers. */
  static String run(long pid, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.add(Long.toString(pid));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + answer);
    }
    return answer;
  }
}
