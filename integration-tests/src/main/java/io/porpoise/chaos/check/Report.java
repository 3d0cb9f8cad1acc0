package io.porpoise.chaos.check;

import java.util.List;

/**
 * What the checker has found.
 *
 * @param attempts task instances, as the server counts them
 * @param lost how many of them are LOST
 * @param disturbed instances that were stopped, or of which a task was killed
 * @param retries how often a request had to be repeated
 * @param violations broken promises, one sentence each
 * @param leftOvers what ought to be gone, or in order, when everything has ended
 */
public record Report(
    int instances,
    int attempts,
    int lost,
    int disturbed,
    long retries,
    List<Replacement> replacements,
    List<String> violations,
    List<String> leftOvers) {
  private static final int SHOWN = 40;

  public boolean isClean() {
    return violations.isEmpty() && leftOvers.isEmpty();
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d instances (%d of them stopped or with a killed task), %d attempts, %d of them LOST%n"
            .formatted(instances, disturbed, attempts, lost));
    text.append("%d requests had to be repeated%n".formatted(retries));
    list(text, "violations", violations);
    list(text, "left-overs", leftOvers);
    return text.toString();
  }

  private static void list(StringBuilder text, String name, List<String> lines) {
    text.append("%d %s%n".formatted(lines.size(), name));
    lines.stream().limit(SHOWN).forEach(line -> text.append("  ").append(line).append('\n'));
    if (lines.size() > SHOWN) {
      text.append("  and %d more%n".formatted(lines.size() - SHOWN));
    }
  }
}
