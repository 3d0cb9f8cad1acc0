package io.porpoise.api.stream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** The way to the client. What is sent while it is full is kept in memory, so look first. */
interface Outlet {
  /**
   * Whether the client does not read as fast as it is written to; {@code proceed} is called when
   * that ends.
   */
  boolean isFull();

  void send(JsonObject message);

  void send(Buffer bytes);

  /** The subscription has said its last word. */
  void ended(int subscription);
}
