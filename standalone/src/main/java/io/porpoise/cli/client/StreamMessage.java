package io.porpoise.cli.client;

import com.fasterxml.jackson.databind.JsonNode;

/** What comes in over the stream. */
public sealed interface StreamMessage {
  /** Something about the subscribed instance. */
  record Event(long id, JsonNode body) implements StreamMessage {}

  /** A piece of a log, from {@code offset} on. */
  record LogBytes(long id, long offset, byte[] frame, int from) implements StreamMessage {
    public int length() {
      return frame.length - from;
    }
  }

  /** The subscription is over: the instance has finished, the log is complete. */
  record End(long id) implements StreamMessage {}

  /** The subscription is refused or broken off. */
  record Error(long id, String code, String detail) implements StreamMessage {}

  /** The connection is gone. */
  record Closed(String why) implements StreamMessage {}
}
