package io.porpoise.node.config;

/** A configuration that cannot be used; the message is the one line for the user. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String line) {
    super(line, null, false, false);
  }
}
