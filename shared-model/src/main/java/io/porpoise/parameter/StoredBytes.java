package io.porpoise.parameter;

import java.util.Map;

/**
 * How many bytes values take where they are stored: names and values, as JSON in UTF-8, before it
 * is compressed. Characters would not do as a measure: one may be 1 byte or 6, and what is random
 * does not become smaller.
 */
public final class StoredBytes {
  /** The quotes of both, the colon and the comma. */
  private static final int ENTRY_BYTES = 6;

  private StoredBytes() {}

  public static long of(Map<String, String> values) {
    long bytes = 0;
    for (Map.Entry<String, String> entry : values.entrySet()) {
      bytes += of(entry.getKey(), entry.getValue());
    }
    return bytes;
  }

  static long of(String name, String value) {
    return ENTRY_BYTES + text(name) + text(value);
  }

  private static long text(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      bytes += character(text.charAt(i));
    }
    return bytes;
  }

  private static int character(char c) {
    if (c < ' ') {
      return c == '\n' || c == '\t' || c == '\r' || c == '\b' || c == '\f' ? 2 : 6;
    }
    if (c < 0x80) {
      return c == '"' || c == '\\' ? 2 : 1;
    }
    if (Character.isSurrogate(c)) {
      return 6; // Jackson escapes each of a pair
    }
    return c < 0x800 ? 2 : 3;
  }
}
