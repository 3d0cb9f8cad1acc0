package io.porpoise.cli.terminal;

import java.io.ByteArrayOutputStream;

/**
 * Prints one task's log line by line behind the task's name, so that lines of several tasks do not
 * run into each other. A line without an end waits for it; a very long one is printed in pieces.
 */
final class LogPrinter {
  private static final int LINE_BYTES_MAX = 64 * 1024;

  private final Terminal terminal;
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

  LogPrinter(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * @param prefix is printed before every line
   */
  void print(String prefix, byte[] bytes, int from) {
    int at = from;
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        rest.write(bytes, at, i - at);
        finish(prefix);
        at = i + 1;
      }
    }
    rest.write(bytes, at, bytes.length - at);
    if (rest.size() > LINE_BYTES_MAX) {
      finish(prefix);
    }
    terminal.flush();
  }

  /** Prints what has no line end. */
  void end(String prefix) {
    if (rest.size() > 0) {
      finish(prefix);
    }
    terminal.flush();
  }

  private void finish(String prefix) {
    byte[] line = rest.toByteArray();
    int length = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
    terminal.print(prefix);
    terminal.bytes(line, 0, length);
    terminal.print("\n");
    rest.reset();
  }
}
