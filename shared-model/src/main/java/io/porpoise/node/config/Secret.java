package io.porpoise.node.config;

/** A text that must not appear in logs or error messages. */
public record Secret(String value) {
  @Override
  public String toString() {
    return "(secret)";
  }
}
