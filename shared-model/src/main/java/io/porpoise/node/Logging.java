package io.porpoise.node;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.FileSize;
import io.porpoise.node.config.LogConfig;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Where log lines go: all of them into a rolling file, without ever holding up an event loop; only
 * our own warnings and the lines of {@link Console} to the console.
 */
public final class Logging {
  private static final String FILE_LINE =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level [%thread] %logger{30}: %msg %kvp%n%ex";
  private static final int QUEUE = 8192;

  /** Third parties that are loud about what they get over by themselves. */
  private static final List<String> LOUD =
      List.of("org.apache.zookeeper", "org.apache.curator", "io.netty", "io.vertx");

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

  private Logging() {}

  /**
   * Replaces whatever was set up before.
   *
   * @param directory of the log file
   * @param service names the file
   */
  public static void start(LogConfig config, Path directory, String service) {
    new Logging().configure(config, directory, service);
  }

  /** Writes out what is still queued; later lines go nowhere. */
  public static void stop() {
    new Logging().context.stop();
  }

  private void configure(LogConfig config, Path directory, String service) {
    context.reset();
    context.getLogger("ROOT").setLevel(level(config.level()));
    context.getLogger(Console.LOGGER).setLevel(Level.INFO);
    if (config.level().compareTo(LogConfig.Level.DEBUG) > 0) {
      LOUD.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    }
    context.getLogger("ROOT").addAppender(console(config));
    context.getLogger("ROOT").addAppender(async(file(config, directory, service)));
  }

  private Appender<ILoggingEvent> console(LogConfig config) {
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setEncoder(
        config.format() == LogConfig.Format.JSON ? json() : new ConsoleLines(context));
    console.addFilter(new ForConsole(level(config.console())));
    console.start();
    return console;
  }

  private Appender<ILoggingEvent> file(LogConfig config, Path directory, String service) {
    RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
    file.setContext(context);
    file.setFile(directory.resolve(service + ".log").toString());
    file.setEncoder(config.format() == LogConfig.Format.JSON ? json() : lines(FILE_LINE));
    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(file);
    rolling.setFileNamePattern(directory.resolve(service + ".%i.log").toString());
    rolling.setMinIndex(1);
    rolling.setMaxIndex(Math.min(config.files(), 20));
    rolling.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.setMaxFileSize(new FileSize(config.fileSize().bytes()));
    size.start();
    file.setRollingPolicy(rolling);
    file.setTriggeringPolicy(size);
    file.start();
    return file;
  }

  /** A disk that stalls costs log lines, not time on an event loop. */
  private Appender<ILoggingEvent> async(Appender<ILoggingEvent> file) {
    AsyncAppender async = new AsyncAppender();
    async.setContext(context);
    async.setName("file");
    async.setQueueSize(QUEUE);
    async.setDiscardingThreshold(0);
    async.setNeverBlock(true);
    async.addAppender(file);
    async.start();
    return async;
  }

  private Encoder<ILoggingEvent> lines(String pattern) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(pattern);
    encoder.start();
    return encoder;
  }

  private Encoder<ILoggingEvent> json() {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return encoder;
  }

  private static Level level(LogConfig.Level level) {
    return Level.toLevel(level.name());
  }

  /** Our own lines from a level on, and what is meant for the console. */
  private static final class ForConsole extends Filter<ILoggingEvent> {
    private final Level from;

    ForConsole(Level from) {
      this.from = from;
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
      boolean isOurs = event.getLoggerName().startsWith("io.porpoise.");
      boolean isShown =
          event.getLoggerName().equals(Console.LOGGER)
              || (isOurs && event.getLevel().isGreaterOrEqual(from));
      return isShown ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
  }
}
