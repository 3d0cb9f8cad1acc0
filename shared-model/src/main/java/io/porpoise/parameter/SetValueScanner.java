package io.porpoise.parameter;

import io.porpoise.instance.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what a task sets in its log: {@code ${setValue(key=value)}} or {@code
 * #{setValue(key=value)}}. A value may contain {@code =} and line ends and ends at the first {@code
 * )}}; a later one of the same key wins. Only declared keys count.
 *
 * <p>It is fed with the log's bytes as they come, while the task runs, in pieces of any size, and
 * holds at most {@link #OUTPUTS_BYTES_MAX} and one value that is not finished.
 *
 * <p>A value above a limit is a failure of the task, said by {@link #failure()}, unless a later
 * value of the same key is good. An unfinished value at the end of the log sets nothing. Not
 * thread-safe.
 */
public final class SetValueScanner {
  public static final int VALUE_BYTES_MAX = 64 * 1024;
  public static final int VALUE_LINES_MAX = 1024;

  /** All outputs of one task together, keys included. */
  public static final int OUTPUTS_BYTES_MAX = 1024 * 1024;

  private static final int KEY_BYTES_MAX = 255;
  private static final int KEPT_BUFFER_BYTES = 4 * 1024;
  private static final byte[] START = "${setValue(".getBytes(StandardCharsets.US_ASCII);

  /** Says what it holds, which is not given back when it is emptied. */
  private static final class Buffer extends ByteArrayOutputStream {
    int capacity() {
      return buf.length;
    }
  }

  private enum Place {
    TEXT,
    KEY,
    VALUE
  }

  private final Set<String> declared;
  private final Map<String, String> outputs = new LinkedHashMap<>();
  private final Map<String, String> failures = new LinkedHashMap<>();
  private Buffer buffer = new Buffer();
  private Place place = Place.TEXT;
  private int matched;
  private String key;
  private boolean parenthesis;
  private int lines;
  private long bytes;

  /**
   * @param declared the names of the OUT parameters
   */
  public SetValueScanner(Collection<String> declared) {
    this.declared = Set.copyOf(declared);
  }

  public void feed(byte[] chunk, int off, int length) {
    for (int i = off; i < off + length; i++) {
      byte b = chunk[i];
      switch (place) {
        case TEXT -> text(b);
        case KEY -> key(b);
        case VALUE -> value(b);
      }
    }
  }

  /** What has been set so far; a live view in the order of first setting. */
  public Map<String, String> outputs() {
    return Collections.unmodifiableMap(outputs);
  }

  /** Why the outputs cannot be taken as they are. */
  public Optional<Reason> failure() {
    return failures.values().stream().findFirst().map(text -> new Reason("OUTPUT_TOO_LARGE", text));
  }

  /** About how much it holds in memory. */
  public long heldBytes() {
    return bytes + buffer.capacity();
  }

  private static long bytes(String key, String value) {
    return value == null
        ? 0
        : (long) key.getBytes(StandardCharsets.UTF_8).length
            + value.getBytes(StandardCharsets.UTF_8).length;
  }

  private void text(byte b) {
    // The first byte of the start occurs nowhere else in it, so a mismatch never has to look back.
    if (matched > 0 && b == START[matched]) {
      matched++;
      if (matched == START.length) {
        matched = 0;
        place = Place.KEY;
      }
      return;
    }
    matched = 0;
    if (b == '$' || b == '#') {
      matched = 1;
    }
  }

  private void key(byte b) {
    if (b == '=') {
      key = buffer.toString(StandardCharsets.UTF_8).strip();
      buffer.reset();
      place = Place.VALUE;
      parenthesis = false;
      lines = 1;
    } else if (b == '\n' || b == ')' || b == '$' || b == '#' || buffer.size() == KEY_BYTES_MAX) {
      buffer.reset();
      place = Place.TEXT;
      text(b);
    } else {
      buffer.write(b);
    }
  }

  private void value(byte b) {
    if (parenthesis && b == '}') {
      set();
      return;
    }
    if (parenthesis) {
      buffer.write(')');
    }
    parenthesis = b == ')';
    if (!parenthesis) {
      buffer.write(b);
    }
    if (b == '\n') {
      lines++;
    }
    if (buffer.size() > VALUE_BYTES_MAX) {
      giveUp("is larger than " + VALUE_BYTES_MAX + " bytes; write it to a file instead");
    } else if (lines > VALUE_LINES_MAX) {
      giveUp("has no end, the characters )}, within " + VALUE_LINES_MAX + " lines");
    }
  }

  private void set() {
    if (declared.contains(key)) {
      String value = buffer.toString(StandardCharsets.UTF_8);
      bytes += bytes(key, value) - bytes(key, outputs.get(key));
      if (bytes <= OUTPUTS_BYTES_MAX) {
        outputs.put(key, value);
        failures.remove(key);
      } else {
        bytes -= bytes(key, value);
        outputs.remove(key);
        failures.put(
            key,
            "with output "
                + key
                + " the outputs of the task have more than "
                + OUTPUTS_BYTES_MAX
                + " bytes together; write large results to a file");
      }
    }
    backToText();
  }

  private void giveUp(String why) {
    if (declared.contains(key)) {
      failures.put(key, "the value of output " + key + " " + why);
    }
    backToText();
  }

  private void backToText() {
    if (buffer.capacity() > KEPT_BUFFER_BYTES) {
      buffer = new Buffer();
    } else {
      buffer.reset();
    }
    place = Place.TEXT;
    key = null;
    parenthesis = false;
  }
}
