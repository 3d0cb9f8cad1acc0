package io.porpoise.master.shard;

import java.util.HashSet;
import java.util.Set;

/**
 * Which commands need not be applied again. A read that was sent before a command was deleted may
 * show it after that, so what has been applied is remembered until no read is on its way.
 */
final class AppliedCommands {
  private final Set<Long> applying = new HashSet<>();
  private final Set<Long> applied = new HashSet<>();
  private int reads;

  /** False when it is being applied, or has been. */
  boolean begin(long command) {
    return !applied.contains(command) && applying.add(command);
  }

  /** It has been deleted, together with what it changed. */
  void durable(long command) {
    applying.remove(command);
    if (reads > 0) {
      applied.add(command);
    }
  }

  /** It is still there, for whoever owns its instance. */
  void dropped(long command) {
    applying.remove(command);
  }

  void readBegins() {
    reads++;
  }

  void readEnds() {
    reads--;
    if (reads == 0) {
      applied.clear();
    }
  }
}
