package io.porpoise.cli.command;

import io.porpoise.cli.client.ApiClient;
import io.porpoise.cli.client.EventStream;
import io.porpoise.cli.client.StreamMessage;
import io.porpoise.cli.terminal.CliException;
import io.porpoise.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code porpoise logs}: the bytes of a task instance's log, as the process wrote them. */
@Command(name = "logs", description = "Prints the log of a task instance, byte for byte.")
public final class LogsCommand implements Callable<Integer> {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final Duration POLL = Duration.ofSeconds(1);

  @Mixin private CommandOptions options;

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on until the log is complete.")
  private boolean isFollowing;

  @Option(names = "--offset", paramLabel = "BYTES", description = "Begins at this byte.")
  private long offset;

  @Parameters(paramLabel = "TASK_INSTANCE", description = "Its id, as instance get shows it.")
  private String id;

  @Override
  public Integer call() {
    ApiClient api = options.api();
    return isFollowing ? follow(api) : copy(api);
  }

  private int copy(ApiClient api) {
    Terminal terminal = options.terminal();
    byte[] buffer = new byte[BUFFER_BYTES];
    String path = "/api/v1/task-instances/" + ApiClient.encode(id) + "/log?offset=" + offset;
    try (InputStream log = api.download(path)) {
      for (int n = log.read(buffer); n >= 0 && !terminal.isClosed(); n = log.read(buffer)) {
        terminal.bytes(buffer, 0, n);
      }
      terminal.flush();
      return 0;
    } catch (IOException e) {
      terminal.flush();
      throw CliException.failure("the log breaks off: " + e.getMessage(), e);
    }
  }

  private int follow(ApiClient api) {
    Terminal terminal = options.terminal();
    int broken = 0;
    while (true) {
      try (EventStream stream = api.openStream()) {
        stream.subscribe(1, "log/" + id, offset);
        long before = offset;
        if (read(stream, terminal)) {
          return 0;
        }
        broken = offset > before ? 0 : broken + 1;
        if (broken == 3) {
          throw CliException.failure(
              "the connection to " + api.server() + " breaks again and again");
        }
        terminal.note("the connection to " + api.server() + " is lost; trying again");
      }
    }
  }

  /** True when there is nothing more to come, or nobody to read it. */
  private boolean read(EventStream stream, Terminal terminal) {
    while (!terminal.isClosed()) {
      StreamMessage message = stream.next(POLL);
      if (message instanceof StreamMessage.LogBytes bytes) {
        terminal.bytes(bytes.frame(), bytes.from(), bytes.length());
        terminal.flush();
        offset = bytes.offset() + bytes.length();
        stream.credit(1, bytes.length());
      } else if (message instanceof StreamMessage.End) {
        return true;
      } else if (message instanceof StreamMessage.Error error) {
        throw CliException.failure(error.detail());
      } else if (message instanceof StreamMessage.Closed) {
        return false;
      }
    }
    return true;
  }
}
