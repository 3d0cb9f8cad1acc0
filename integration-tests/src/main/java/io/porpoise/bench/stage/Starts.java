package io.porpoise.bench.stage;

import java.util.List;

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

  public long last() {
    return ids.get(ids.size() - 1);
  }

  /** A condition on the column {@code id} of these instances. */
  public String where(String id) {
    return id + " BETWEEN " + first() + " AND " + last();
  }
}
