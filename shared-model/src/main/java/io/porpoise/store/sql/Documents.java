package io.porpoise.store.sql;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.porpoise.instance.StartOptions;
import io.porpoise.store.Batch.HistoryEntry;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * JSON documents as the tables keep them: plain when short, deflated when longer than 1 KiB. The
 * first byte tells which: JSON begins with a bracket, a zlib stream with {@code 'x'}. NULL is the
 * empty one.
 */
final class Documents {
  static final int PLAIN_BYTES_MAX = 1024;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // Of records only: an empty value inside of a map means something.
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
          .build();
  private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};
  private static final TypeReference<List<List<Object>>> ENTRIES = new TypeReference<>() {};

  private Documents() {}

  static Buffer ofStrings(Map<String, String> map) {
    return map.isEmpty() ? null : write(map);
  }

  static Map<String, String> strings(Buffer stored) {
    return stored == null ? Map.of() : read(stored, STRINGS);
  }

  static Buffer ofOptions(StartOptions options) {
    return options.equals(StartOptions.NONE) ? null : write(options);
  }

  static StartOptions options(Buffer stored) {
    if (stored == null) {
      return StartOptions.NONE;
    }
    return read(stored, new TypeReference<StartOptions>() {});
  }

  static Buffer ofHistory(List<HistoryEntry> entries) {
    List<List<Object>> rows = new ArrayList<>(entries.size());
    for (HistoryEntry e : entries) {
      rows.add(
          Arrays.asList(
              Times.micros(e.at()), e.task(), e.attempt(), e.from(), e.to(), e.cause(), e.actor()));
    }
    return write(rows);
  }

  static List<HistoryEntry> history(Buffer stored) {
    return read(stored, ENTRIES).stream()
        .map(
            e ->
                new HistoryEntry(
                    Times.instant(((Number) e.get(0)).longValue()),
                    (String) e.get(1),
                    ((Number) e.get(2)).intValue(),
                    (String) e.get(3),
                    (String) e.get(4),
                    (String) e.get(5),
                    (String) e.get(6)))
        .toList();
  }

  static Buffer ofText(String json) {
    return pack(json.getBytes(StandardCharsets.UTF_8));
  }

  static String text(Buffer stored) {
    return new String(unpack(stored.getBytes()), StandardCharsets.UTF_8);
  }

  private static Buffer write(Object value) {
    try {
      return pack(JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not to be written as JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static <T> T read(Buffer stored, TypeReference<T> type) {
    try {
      return JSON.readValue(unpack(stored.getBytes()), type);
    } catch (IOException e) {
      throw new UncheckedIOException("a document in the database is damaged", e);
    }
  }

  private static Buffer pack(byte[] plain) {
    if (plain.length <= PLAIN_BYTES_MAX) {
      return Buffer.buffer(plain);
    }
    // Fast rather than small: this runs on an event loop.
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(plain);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 4);
      byte[] chunk = new byte[8192];
      while (!deflater.finished()) {
        out.write(chunk, 0, deflater.deflate(chunk));
      }
      return Buffer.buffer(out.toByteArray());
    } finally {
      deflater.end();
    }
  }

  private static byte[] unpack(byte[] stored) {
    if (stored.length == 0 || stored[0] != 'x') {
      return stored;
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(stored);
      ByteArrayOutputStream out = new ByteArrayOutputStream(stored.length * 4);
      byte[] chunk = new byte[8192];
      while (!inflater.finished()) {
        int length = inflater.inflate(chunk);
        if (length == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new DataFormatException("it ends early");
        }
        out.write(chunk, 0, length);
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalStateException("a document in the database is damaged", e);
    } finally {
      inflater.end();
    }
  }
}
