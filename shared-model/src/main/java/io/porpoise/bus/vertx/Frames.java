package io.porpoise.bus.vertx;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.porpoise.bus.Message;
import io.porpoise.bus.message.LogChunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Messages as bytes: version (1), number of the type (2), length of the JSON (4), the JSON, raw
 * bytes up to the seal (32). Only log chunks have raw bytes, which JSON would blow up by a third.
 */
final class Frames {
  private static final byte VERSION = 1;
  private static final int HEAD_BYTES = 7;
  private static final byte[] NOTHING = new byte[0];

  private final Seal seal;
  private final Map<Class<?>, ObjectWriter> writers = new HashMap<>();
  private final Map<Integer, ObjectReader> readers = new HashMap<>();

  Frames(String clusterSecret) {
    seal = new Seal(clusterSecret);
    JsonMapper mapper =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            // The components of a record are its message; what it derives from them is not.
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .build();
    MessageTypes.BY_NUMBER.forEach(
        (number, type) -> {
          writers.put(type, mapper.writerFor(type));
          readers.put(number, mapper.readerFor(type));
        });
  }

  byte[] encode(Message message) {
    int number = MessageTypes.numberOf(message);
    byte[] raw = message instanceof LogChunk chunk ? chunk.bytes() : NOTHING;
    byte[] json = json(message instanceof LogChunk chunk ? withBytes(chunk, NOTHING) : message);
    byte[] frame = new byte[HEAD_BYTES + json.length + raw.length + Seal.BYTES];
    ByteBuffer.wrap(frame)
        .put(VERSION)
        .putShort((short) number)
        .putInt(json.length)
        .put(json)
        .put(raw);
    seal.stamp(frame);
    return frame;
  }

  /** The message, or a {@link Rejected} that says why it cannot be believed or understood. */
  Message decode(byte[] frame) {
    if (frame.length < HEAD_BYTES + Seal.BYTES || !seal.isGenuine(frame)) {
      return new Rejected(Rejected.Why.NOT_AUTHENTIC);
    }
    ByteBuffer head = ByteBuffer.wrap(frame);
    byte version = head.get();
    ObjectReader reader = readers.get((int) head.getShort());
    int jsonBytes = head.getInt();
    int rawFrom = HEAD_BYTES + jsonBytes;
    int rawTo = frame.length - Seal.BYTES;
    if (version != VERSION || reader == null || jsonBytes < 0 || rawFrom > rawTo) {
      return new Rejected(Rejected.Why.UNKNOWN_TYPE);
    }
    try {
      Message message = reader.readValue(frame, HEAD_BYTES, jsonBytes);
      return message instanceof LogChunk chunk
          ? withBytes(chunk, Arrays.copyOfRange(frame, rawFrom, rawTo))
          : message;
    } catch (IOException e) {
      return new Rejected(Rejected.Why.UNREADABLE);
    }
  }

  private byte[] json(Message message) {
    try {
      return writers.get(message.getClass()).writeValueAsBytes(message);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + message.getClass().getName(), e);
    }
  }

  private static LogChunk withBytes(LogChunk chunk, byte[] bytes) {
    return new LogChunk(chunk.found(), chunk.offset(), chunk.size(), chunk.complete(), bytes);
  }
}
