package io.porpoise.api.stream;

import io.porpoise.store.StoreUnavailable;
import org.slf4j.Logger;

/** Says what could not be read: loudly, unless the database is away, which others say already. */
final class Failures {
  private Failures() {}

  static void say(Logger log, String what, Throwable error) {
    if (error instanceof StoreUnavailable) {
      log.atDebug().log("{} not read: {}", what, error.getMessage());
    } else {
      log.atWarn().setCause(error).log("{} not read; it is tried again", what);
    }
  }
}
