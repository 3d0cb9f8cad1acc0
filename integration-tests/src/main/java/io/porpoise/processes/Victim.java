package io.porpoise.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process, started by whomever, that gets signals. */
record Victim(ProcessHandle process) {
  private static final long PATIENCE_SECONDS = 60;
  private static final long LOOK_MILLIS = 20;

  Victim signal(String name) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("no process " + process.pid() + " to be sent " + name);
    }
    return this;
  }

  void awaitEnd() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (isAlive()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "process " + process.pid() + " lives after " + PATIENCE_SECONDS + " s");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  /** An orphan that has ended may stay in the table for a while, without a command line. */
  boolean isAlive() throws IOException {
    try {
      return Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline")).length > 0;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
