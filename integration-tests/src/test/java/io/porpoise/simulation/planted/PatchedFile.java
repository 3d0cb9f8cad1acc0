package io.porpoise.simulation.planted;

import java.util.ArrayList;
import java.util.List;

/**
 * What a unified diff does to one file. Line numbers do not count: a hunk goes where its old lines
 * are, so a patch lasts as long as the lines that it is about.
 *
 * @param path from the root of the project
 */
record PatchedFile(String path, List<Hunk> hunks) {
  private static final String OF_FILE = "--- a/";

  /** Lines that stand in the file, and what takes their place. */
  record Hunk(List<String> before, List<String> after) {}

  static List<PatchedFile> parse(List<String> patch) {
    List<PatchedFile> files = new ArrayList<>();
    Hunk hunk = null;
    for (String line : patch) {
      if (line.startsWith(OF_FILE)) {
        files.add(new PatchedFile(line.substring(OF_FILE.length()), new ArrayList<>()));
        hunk = null;
      } else if (line.startsWith("@@")) {
        hunk = new Hunk(new ArrayList<>(), new ArrayList<>());
        files.get(files.size() - 1).hunks.add(hunk);
      } else if (hunk != null && !line.startsWith("\\")) {
        add(hunk, line);
      }
    }
    return files;
  }

  private static void add(Hunk hunk, String line) {
    String text = line.isEmpty() ? "" : line.substring(1);
    if (!line.startsWith("+")) {
      hunk.before.add(text);
    }
    if (!line.startsWith("-")) {
      hunk.after.add(text);
    }
  }

  /** The file with all hunks applied; each must fit at exactly one place. */
  List<String> apply(List<String> lines) {
    List<String> result = new ArrayList<>(lines);
    for (Hunk hunk : hunks) {
      int at = placeOf(hunk, result);
      result.subList(at, at + hunk.before.size()).clear();
      result.addAll(at, hunk.after);
    }
    return result;
  }

  private int placeOf(Hunk hunk, List<String> lines) {
    int found = -1;
    for (int at = 0; at + hunk.before.size() <= lines.size(); at++) {
      if (lines.subList(at, at + hunk.before.size()).equals(hunk.before)) {
        if (found >= 0) {
          throw new IllegalStateException("fits twice into " + path + ": " + hunk.before);
        }
        found = at;
      }
    }
    if (found < 0) {
      throw new IllegalStateException("fits no longer into " + path + ": " + hunk.before);
    }
    return found;
  }
}
