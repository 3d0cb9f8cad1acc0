package io.porpoise.node;

import io.porpoise.cluster.zookeeper.ZooKeeperUnreachable;
import io.porpoise.node.config.ConfigException;
import io.porpoise.store.sql.DatabaseUnusable;
import io.reactivex.rxjava3.exceptions.CompositeException;
import java.util.Set;

/** The one line for the user of a start that failed. */
final class StartErrors {
  /** Those whose message is such a line. */
  private static final Set<Class<? extends RuntimeException>> PLAIN =
      Set.of(
          StartFailure.class,
          ConfigException.class,
          DatabaseUnusable.class,
          ZooKeeperUnreachable.class);

  private StartErrors() {}

  static String line(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompositeException composite) {
      cause = composite.getExceptions().get(0);
    }
    for (Throwable e = cause; e != null; e = e.getCause()) {
      if (PLAIN.contains(e.getClass())) {
        return oneLine(e.getMessage());
      }
    }
    String what =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return "cannot start: " + oneLine(what) + "; the log file tells more";
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ");
  }
}
