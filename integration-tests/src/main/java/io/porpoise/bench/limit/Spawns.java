package io.porpoise.bench.limit;

import io.porpoise.bench.stage.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processes that plain programs start. */
public final class Spawns {
  private Spawns() {}

  /**
   * Processes per second that one long-lived bash starts as the keeper does: a subshell that runs a
   * script with its output in a file and writes the exit status beside it.
   */
  public static double perSecond(Path folder, int count) throws IOException, InterruptedException {
    Path script = folder.resolve("task.sh");
    Files.writeString(script, "echo hello\n");
    String loop =
        """
        cd "$1"; set -m
        for ((i = 0; i < $2; i++)); do
          ( bash ./task.sh >"log.$i" 2>&1 </dev/null; echo $? >"exit.$i" ) &
        done
        wait
        """;
    long started = System.nanoTime();
    int exit =
        new ProcessBuilder("bash", "-c", loop, "spawns", folder.toString(), Integer.toString(count))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("the bare spawns ended with " + exit);
    }
    return count / ((System.nanoTime() - started) / 1e9);
  }

  /** Milliseconds of one script from its start to its end, one after the other. */
  public static Samples millis(Path folder, int count) throws IOException, InterruptedException {
    Path script = folder.resolve("task.sh");
    Files.writeString(script, "echo hello\n");
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      long started = System.nanoTime();
      new ProcessBuilder("bash", script.toString())
          .redirectOutput(folder.resolve("out").toFile())
          .start()
          .waitFor();
      millis[i] = (System.nanoTime() - started) / 1e6;
    }
    return new Samples(millis);
  }
}
