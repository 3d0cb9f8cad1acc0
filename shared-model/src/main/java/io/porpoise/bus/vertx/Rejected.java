package io.porpoise.bus.vertx;

import io.porpoise.bus.Message;

/**
 * Stands for a message that came over the wire and cannot be handed on. Never leaves this package.
 */
record Rejected(Why why) implements Message {
  /** Why not. */
  enum Why {
    /** Its sender does not know the cluster's secret, or it was changed on the way. */
    NOT_AUTHENTIC("was not sealed with this cluster's secret"),
    /** Of a newer version of this system. */
    UNKNOWN_TYPE("is of a type or version that this node does not know"),
    UNREADABLE("could not be read");

    private final String text;

    Why(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
