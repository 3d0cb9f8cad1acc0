package io.porpoise.master.shard;

import io.porpoise.instance.TaskInstance;

/**
 * About how many bytes wait for the database in a shard. When they are too many the shard takes no
 * more reports: workers keep them, on disk, until there is room again.
 */
final class Backlog {
  static final int WAITER_BYTES = 200;
  static final int HISTORY_BYTES = 200;
  private static final int ROW_BYTES = 500;

  private final long bytesMax;
  private long bytes;

  Backlog(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  void grow(long by) {
    bytes += by;
  }

  void shrink(long by) {
    bytes -= by;
  }

  boolean isFull() {
    return bytes >= bytesMax;
  }

  long bytes() {
    return bytes;
  }

  static long bytesOf(TaskInstance row) {
    long chars = 0;
    for (var output : row.outputs().entrySet()) {
      chars += output.getKey().length() + output.getValue().length();
    }
    return ROW_BYTES + 2 * chars;
  }
}
