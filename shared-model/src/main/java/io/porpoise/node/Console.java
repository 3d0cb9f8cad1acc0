package io.porpoise.node;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few lines that are meant for whoever started the process; they are in the log file as well.
 */
public final class Console {
  /** The console shows lines of this logger bare. */
  static final String LOGGER = "console";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

  private Console() {}

  /** Shows one line. */
  public static void say(String line) {
    LOG.info("{}", line);
  }
}
