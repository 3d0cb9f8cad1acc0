package io.porpoise.bench.stage;

import java.util.List;
import java.util.StringJoiner;

/**
 * Instances of one workflow that were started together.
 *
 * @param ids ascending
 * @param sentMicros when the first request was sent, since 1970
 * @param ackMillis from sending a request to its 202
 */
public record Starts(String workflow, List<Long> ids, long sentMicros, Samples ackMillis) {
  public long first() {
    return ids.get(0);
  }

  /**
   * A condition on the column {@code id} of these instances. Others may lie between them: API nodes
   * and masters, who start children, take ids in blocks.
   */
  public String where(String id) {
    StringJoiner ranges = new StringJoiner(" OR ", "(", ")");
    long from = first();
    long to = from;
    for (long next : ids) {
      if (next > to + 1) {
        ranges.add(range(id, from, to));
        from = next;
      }
      to = next;
    }
    return ranges.add(range(id, from, to)).toString();
  }

  private static String range(String id, long from, long to) {
    return id + " BETWEEN " + from + " AND " + to;
  }
}
