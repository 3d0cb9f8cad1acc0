package io.porpoise.node;

import io.porpoise.node.config.Config;
import io.reactivex.rxjava3.core.Completable;
import java.util.List;

/** What one process is there for. */
public interface Program {
  /** Names its configuration file, its log file, and itself to the user. */
  String name();

  /**
   * Starts what the runtime will connect to, if that is this process's own business; may block.
   *
   * @return settings, each {@code key=value}, that tell the runtime of it
   */
  default List<String> prepare(Config config, DataDirectory data, Stop stop) {
    return List.of();
  }

  /** Starts the members of this process; completes when they serve. */
  Completable start(NodeRuntime runtime);

  /** What the user wants to know once it serves. */
  default List<String> greeting(NodeRuntime runtime) {
    return List.of();
  }
}
