package io.porpoise.worker.spool;

import io.porpoise.instance.TaskInstanceId;
import io.porpoise.parameter.SetValueScanner;
import io.porpoise.time.Clock;
import io.porpoise.worker.pool.Offload;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outputs that attempts print, found in their logs as these grow, so that at the end of an
 * attempt only the last piece of its log is left to read. Each byte is read once in a life of the
 * worker; after a restart a log is read from its beginning, as what was found is not kept
 * elsewhere.
 *
 * <p>A log is read in pieces, each behind what the other logs wait for: one that is written faster
 * than it is read would otherwise never let go of its thread.
 *
 * <p>What is held of all of them together is bounded: a log beyond that is let go, and read at the
 * end. Belongs to the worker's event loop; reads happen elsewhere, one at a time for a log.
 */
final class GrowingOutputs {
  /** Between the end of what was there and the next look. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Read of one log before the others have their turn. */
  static final int PIECE_BYTES = 4 * 1024 * 1024;

  private static final int BUFFER_BYTES = 256 * 1024;
  static final int FOLLOWED_MAX = 1_000;
  static final long HELD_BYTES_MAX = 16L * 1024 * 1024;
  private static final Logger log = LoggerFactory.getLogger(GrowingOutputs.class);

  /** A log and how far it has been read. */
  private static final class Followed {
    final Path log;
    final SetValueScanner scanner;
    long offset;
    long end = Long.MAX_VALUE;
    boolean hasMore;
    long heldBytes;
    Completable reading = Completable.complete();
    Disposable next = Disposable.disposed();

    Followed(Path log, Collection<String> names) {
      this.log = log;
      scanner = new SetValueScanner(names);
    }

    /** The next piece of what is there now. */
    long readOn() throws IOException {
      try (SeekableByteChannel channel = Files.newByteChannel(log)) {
        channel.position(offset);
        long there = Math.min(channel.size(), end);
        long left = Math.min(there - offset, PIECE_BYTES);
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        while (left > 0) {
          buffer.clear().limit((int) Math.min(left, BUFFER_BYTES));
          int n = channel.read(buffer);
          if (n < 0) {
            there = offset; // it was cut off meanwhile
            break;
          }
          scanner.feed(buffer.array(), 0, n);
          offset += n;
          left -= n;
        }
        hasMore = offset < there;
      }
      return scanner.heldBytes();
    }

    /** As the attempt has ended: what others still write to its log is not its output. */
    void readLast() throws IOException {
      if (end == Long.MAX_VALUE) {
        end = Files.size(log);
      }
      readOn();
    }

    Outputs outputs() {
      return new Outputs(scanner.outputs(), scanner.failure().orElse(null));
    }
  }

  private final AttemptDirectories directories;
  private final Clock clock;
  private final Offload reads;
  private final BiFunction<TaskInstanceId, Runnable, Disposable> growth;
  private final Map<TaskInstanceId, Followed> all = new LinkedHashMap<>();
  private final CompositeDisposable running = new CompositeDisposable();
  private long heldBytes;

  /**
   * @param reads where logs are read, and nothing else has to wait for it
   * @param growth calls back when the log of an attempt may have grown, until it is disposed
   */
  GrowingOutputs(
      AttemptDirectories directories,
      Clock clock,
      Offload reads,
      BiFunction<TaskInstanceId, Runnable, Disposable> growth) {
    this.directories = directories;
    this.clock = clock;
    this.reads = reads;
    this.growth = growth;
  }

  /** Reads the log of an attempt from now on; without names there is nothing to look for. */
  void follow(TaskInstanceId id, Collection<String> names) {
    if (!names.isEmpty() && all.size() < FOLLOWED_MAX && !all.containsKey(id)) {
      Followed followed = new Followed(logOf(id), names);
      all.put(id, followed);
      read(id, followed);
    }
  }

  /** Nobody will ask for its outputs. */
  void forget(TaskInstanceId id) {
    Followed followed = all.remove(id);
    if (followed != null) {
      followed.next.dispose();
      heldBytes -= followed.heldBytes;
    }
  }

  /** All outputs of an attempt that has ended; it is forgotten here. */
  Single<Outputs> outputs(TaskInstanceId id, Collection<String> names) {
    Followed followed = all.getOrDefault(id, new Followed(logOf(id), names));
    forget(id);
    return followed
        .reading
        .onErrorComplete(GrowingOutputs::isOfFile) // the rest is read now, or fails now
        .andThen(reads.run(followed::readLast).repeatUntil(() -> !followed.hasMore))
        .andThen(Single.fromCallable(followed::outputs));
  }

  private static boolean isOfFile(Throwable failure) {
    return failure instanceof IOException || failure instanceof UncheckedIOException;
  }

  /** Of all logs that are followed. */
  long heldBytes() {
    return heldBytes;
  }

  private Path logOf(TaskInstanceId id) {
    return directories.of(id).resolve("log");
  }

  private void read(TaskInstanceId id, Followed followed) {
    Single<Long> reading = reads.call(followed::readOn).cache();
    followed.reading = reading.ignoreElement();
    followed.next =
        reading.subscribe(
            held -> {
              if (all.get(id) == followed) {
                weigh(id, followed, held);
              }
            },
            error -> {
              log.atDebug().addKeyValue("taskInstance", id).log("Log not read: {}", error);
              forget(id); // it is read at the end, and what is wrong said then
            },
            running);
  }

  private void weigh(TaskInstanceId id, Followed followed, long held) {
    heldBytes += held - followed.heldBytes;
    followed.heldBytes = held;
    if (heldBytes > HELD_BYTES_MAX) {
      forget(id);
    } else if (followed.hasMore) {
      read(id, followed);
    } else {
      followed.next = clock.schedule(PAUSE, () -> awaitGrowth(id, followed));
    }
  }

  private void awaitGrowth(TaskInstanceId id, Followed followed) {
    Disposable[] waiting = new Disposable[1];
    waiting[0] =
        growth.apply(
            id,
            () -> {
              if (waiting[0] != null && followed.next == waiting[0]) {
                waiting[0].dispose();
                read(id, followed);
              }
            });
    followed.next = waiting[0];
  }
}
