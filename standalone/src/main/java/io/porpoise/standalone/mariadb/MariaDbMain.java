package io.porpoise.standalone.mariadb;

import io.porpoise.node.Console;
import io.porpoise.node.StartFailure;
import io.porpoise.node.config.Config;
import java.nio.file.Path;

/**
 * The embedded database on its own, for a cluster on one machine: starts it and leaves it running.
 */
public final class MariaDbMain {
  private MariaDbMain() {}

  /**
   * @param arguments the directory
   */
  public static void main(String[] arguments) {
    try {
      EmbeddedMariaDb.start(Path.of(arguments[0]), Config.defaults().standalone(), Console::say)
          .leave();
    } catch (StartFailure e) {
      System.err.println("porpoise: " + e.getMessage());
      System.exit(1);
    }
  }
}
