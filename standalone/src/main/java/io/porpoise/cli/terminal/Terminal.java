package io.porpoise.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Where a command writes. Colours and signs are used only where a person looks at it: the launcher
 * script says so with {@code -Dporpoise.tty=true}, since the JVM cannot tell when only the input is
 * redirected.
 */
public final class Terminal {
  /** The few styles of this program. */
  public enum Style {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    GOOD("32"),
    BAD("31"),
    BUSY("36"),
    WARN("33");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }

  private final PrintStream out;
  private final PrintStream err;
  private final boolean hasColours;

  public Terminal(OutputStream out, OutputStream err, boolean hasColours) {
    this.out = print(out);
    this.err = print(err);
    this.hasColours = hasColours;
  }

  /** The standard streams of this process. */
  public static Terminal standard(Map<String, String> environment) {
    boolean hasColours =
        Boolean.getBoolean("porpoise.tty")
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.get("TERM"));
    return new Terminal(
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        hasColours);
  }

  private static PrintStream print(OutputStream stream) {
    return new PrintStream(
        new BufferedOutputStream(stream, 1 << 16), false, StandardCharsets.UTF_8);
  }

  public boolean hasColours() {
    return hasColours;
  }

  public void line(String text) {
    out.println(text);
    out.flush();
  }

  /** Without a line end, nor a flush: see {@link #flush()}. */
  public void print(String text) {
    out.print(text);
  }

  /** Bytes as they are, such as those of a log. */
  public void bytes(byte[] bytes, int from, int length) {
    out.write(bytes, from, length);
  }

  public void flush() {
    out.flush();
  }

  /** Whether nobody reads any more, for instance because {@code head} has seen enough. */
  public boolean isClosed() {
    return out.checkError();
  }

  /** One line that is not part of the result. */
  public void note(String text) {
    out.flush();
    err.println(text);
    err.flush();
  }

  public void error(String text) {
    note(hasColours ? "porpoise: " + styled(Style.BAD, text) : "porpoise: " + text);
  }

  public String styled(Style style, String text) {
    return hasColours && style != Style.PLAIN
        ? "\u001b[" + style.code + "m" + text + "\u001b[0m"
        : text;
  }

  /** A state in its colour. */
  public String state(String state) {
    return styled(styleOf(state), state);
  }

  /** What colour a state of a workflow or task instance has. */
  public static Style styleOf(String state) {
    return switch (state.toUpperCase(Locale.ROOT)) {
      case "SUCCEEDED", "FORCED_SUCCESS" -> Style.GOOD;
      case "FAILED", "KILLED", "LOST", "STOPPED" -> Style.BAD;
      case "RUNNING", "DISPATCHED" -> Style.BUSY;
      case "PAUSED", "PAUSING", "STOPPING", "DELAYED", "SERIAL_WAIT", "FAILOVER" -> Style.WARN;
      default -> Style.PLAIN;
    };
  }
}
