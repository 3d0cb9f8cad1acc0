package io.porpoise.worker.process;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to one keeper process: commands out, events in (their form is described in {@code
 * keeper.sh}). One thread writes, one reads, because both may have to wait for the other side.
 */
final class Keeper {
  private static final Logger log = LoggerFactory.getLogger(Keeper.class);
  private static final int COMMANDS_MAX = 100_000;
  private static final int ATOMIC_BYTES = 4_096; // PIPE_BUF: larger writes can be torn apart
  private static final int EVENT_BYTES = 64 * 1024;
  private static final int ACKNOWLEDGE_EVERY = 200;

  private final KeeperId id;
  private final Consumer<List<String>> events;
  private final RandomAccessFile commandPipe;
  private final RandomAccessFile bellPipe;
  private final RandomAccessFile eventPipe;
  private final BlockingQueue<LongFunction<String>> commands =
      new LinkedBlockingQueue<>(COMMANDS_MAX);
  private final String nonce = UUID.randomUUID().toString();
  private final Consumer<Keeper> onGreeted;
  private final CompletableSubject readerEnded = CompletableSubject.create();
  private volatile boolean closed;
  private volatile long eventsRead;

  private Keeper(
      KeeperId id, Path directory, Consumer<List<String>> events, Consumer<Keeper> onGreeted)
      throws IOException {
    this.id = id;
    this.events = events;
    this.onGreeted = onGreeted;
    // For reading and writing: such an open never waits for the other side, and such a pipe never
    // ends. That the keeper has died is seen by its pid.
    commandPipe = new RandomAccessFile(directory.resolve("commands").toFile(), "rw");
    bellPipe = new RandomAccessFile(directory.resolve("bell").toFile(), "rw");
    eventPipe = new RandomAccessFile(directory.resolve("events").toFile(), "rw");
  }

  /**
   * Connects to a keeper and greets it.
   *
   * @param onGreeted called on a thread of this class when the keeper has answered: every command
   *     of a former JVM has then been obeyed, and every event after it is heard
   */
  static Keeper connect(
      KeeperId id, Path directory, Consumer<List<String>> events, Consumer<Keeper> onGreeted)
      throws IOException {
    Keeper keeper = new Keeper(id, directory, events, onGreeted);
    keeper.thread("worker-keeper-events", keeper::read).start();
    keeper.thread("worker-keeper-commands", keeper::write).start();
    keeper.say("H " + keeper.nonce);
    return keeper;
  }

  KeeperId id() {
    return id;
  }

  void say(String command) {
    say(read -> command);
  }

  /** A command that is made at the moment of writing, from the number of events read so far. */
  void say(LongFunction<String> command) {
    if (!commands.offer(command)) {
      log.atWarn().addKeyValue("keeper", id).log("The keeper does not take its commands");
    }
  }

  /**
   * Lets go of the keeper.
   *
   * @return completes, on a thread of this class, when nobody reads from the pipe any more: a
   *     second reader would get events that are meant for the first
   */
  Completable close() {
    closed = true;
    say(""); // wakes the writer
    try {
      eventPipe.write('\n'); // wakes the reader
    } catch (IOException e) {
      log.atDebug().log("Keeper's pipe: {}", e.getMessage());
    }
    return readerEnded;
  }

  private Thread thread(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    return thread;
  }

  private void write() {
    List<LongFunction<String>> batch = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    try (commandPipe;
        bellPipe) {
      while (!closed || !commands.isEmpty()) {
        batch.clear();
        batch.add(commands.take());
        commands.drainTo(batch, 100);
        for (LongFunction<String> command : batch) {
          String line = command.apply(eventsRead);
          if (text.length() + line.length() + 1 > ATOMIC_BYTES) {
            flush(text);
          }
          text.append(line).append('\n');
        }
        flush(text);
      }
    } catch (IOException e) {
      log.atWarn().setCause(e).log("The keeper's commands cannot be written");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void flush(StringBuilder text) throws IOException {
    commandPipe.write(text.toString().getBytes(StandardCharsets.US_ASCII));
    bellPipe.write('\n');
    text.setLength(0);
  }

  private void read() {
    byte[] buffer = new byte[EVENT_BYTES];
    StringBuilder rest = new StringBuilder();
    boolean begun = false;
    long acknowledged = 0;
    try (eventPipe) {
      while (!closed) {
        int n = eventPipe.read(buffer);
        rest.append(new String(buffer, 0, Math.max(0, n), StandardCharsets.US_ASCII));
        List<String> lines = completeLines(rest);
        if (!begun) {
          int hello = lines.indexOf("H " + nonce);
          begun = hello >= 0;
          lines = lines.subList(begun ? hello + 1 : lines.size(), lines.size());
          if (begun) {
            onGreeted.accept(this);
          }
        }
        if (!closed && !lines.isEmpty()) {
          eventsRead += lines.size();
          events.accept(List.copyOf(lines));
        }
        if (eventsRead - acknowledged >= ACKNOWLEDGE_EVERY) {
          acknowledged = eventsRead;
          say(count -> "A " + count);
        }
      }
    } catch (IOException e) {
      log.atWarn().setCause(e).log("The keeper's events cannot be read");
    }
    readerEnded.onComplete();
  }

  private static List<String> completeLines(StringBuilder text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", from)) {
      lines.add(text.substring(from, end));
      from = end + 1;
    }
    text.delete(0, from);
    return lines;
  }
}
