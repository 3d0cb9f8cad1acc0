package io.porpoise.worker.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One keeper process.
 *
 * @param start in clock ticks since boot; with the pid it names the process beyond doubt
 */
record KeeperId(long pid, long start) {
  /** The keeper that has written its name there, if it lives. */
  static Optional<KeeperId> findAlive(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.US_ASCII);
      String[] words = text.trim().split(" ");
      if (!text.endsWith("\n") || words.length != 2) {
        return Optional.empty();
      }
      KeeperId id = new KeeperId(Long.parseLong(words[0]), Long.parseLong(words[1]));
      return id.isAlive() ? Optional.of(id) : Optional.empty();
    } catch (IOException | NumberFormatException absent) {
      return Optional.empty();
    }
  }

  boolean isAlive() {
    return ProcFiles.isAlive(pid, start);
  }

  @Override
  public String toString() {
    return pid + "-" + start;
  }
}
