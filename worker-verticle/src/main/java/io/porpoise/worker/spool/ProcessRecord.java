package io.porpoise.worker.spool;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What the keeper has written about a process (its form is described in {@code keeper.sh}). Times
 * are hundredths of a second since the machine was started.
 *
 * @param started null when the process was never seen running
 * @param exited null when its end was not seen
 */
public record ProcessRecord(Started started, Exited exited) {
  /**
   * It runs, or ran.
   *
   * @param uptime about when it was started; tells it from a later process of the same pid
   * @param keeper who alone can see it end
   */
  public record Started(long pid, long uptime, String keeper) {}

  /** It has ended. */
  public record Exited(int status, boolean killed, long uptime) {}

  private static final ProcessRecord NONE = new ProcessRecord(null, null);

  static ProcessRecord read(Path file) throws IOException {
    try {
      return parse(AttemptFile.appended(file));
    } catch (NoSuchFileException e) {
      return NONE;
    }
  }

  static ProcessRecord parse(String text) {
    Started started = null;
    Exited exited = null;
    int complete = text.lastIndexOf('\n');
    for (String line : text.substring(0, Math.max(0, complete)).split("\n")) {
      String[] words = line.split(" ");
      if (words[0].equals("started") && words.length == 4) {
        started = new Started(Long.parseLong(words[1]), Long.parseLong(words[2]), words[3]);
      } else if (words[0].equals("exited") && words.length == 4) {
        exited =
            new Exited(
                Integer.parseInt(words[1]), !words[2].equals("no"), Long.parseLong(words[3]));
      }
    }
    return new ProcessRecord(started, exited);
  }
}
