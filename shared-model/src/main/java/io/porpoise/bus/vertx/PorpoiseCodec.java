package io.porpoise.bus.vertx;

import io.porpoise.bus.Message;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * The one codec of all messages: {@link Frames} on the wire, the object itself within a process.
 */
final class PorpoiseCodec implements MessageCodec<Message, Message> {
  static final String NAME = "porpoise";

  private final Frames frames;

  PorpoiseCodec(Frames frames) {
    this.frames = frames;
  }

  @Override
  public void encodeToWire(Buffer buffer, Message message) {
    buffer.appendBytes(frames.encode(message));
  }

  @Override
  public Message decodeFromWire(int position, Buffer buffer) {
    return frames.decode(buffer.getBytes(position, buffer.length()));
  }

  @Override
  public Message transform(Message message) {
    return message;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
