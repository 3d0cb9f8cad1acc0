package io.porpoise.node;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One line an event, without stack traces: those are in the file. */
final class ConsoleLines extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  ConsoleLines(LoggerContext context) {
    setContext(context);
    start();
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return (line(event) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  private static String line(ILoggingEvent event) {
    if (event.getLoggerName().equals(Console.LOGGER)) {
      return event.getFormattedMessage();
    }
    StringBuilder line = new StringBuilder(event.getLevel().toString().toLowerCase(Locale.ROOT));
    line.append(": ").append(event.getFormattedMessage());
    if (event.getKeyValuePairs() != null) {
      event.getKeyValuePairs().forEach(pair -> line.append(' ').append(pair));
    }
    if (event.getThrowableProxy() != null) {
      String message = event.getThrowableProxy().getMessage();
      line.append(" (")
          .append(message == null ? event.getThrowableProxy().getClassName() : message);
      line.append(')');
    }
    return line.toString().replace("\n", " ").replace("\r", "");
  }
}
