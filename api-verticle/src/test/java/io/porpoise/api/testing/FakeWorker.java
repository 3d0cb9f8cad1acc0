package io.porpoise.api.testing;

import io.porpoise.bus.Bus;
import io.porpoise.bus.Message;
import io.porpoise.bus.message.LogChunk;
import io.porpoise.bus.message.LogRead;
import io.porpoise.cluster.Member;
import io.porpoise.instance.TaskInstanceId;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A worker that holds logs: written ones, and endless-looking ones that are computed when read. */
public final class FakeWorker implements Bus.Handler {
  public final Member self;
  public final AtomicLong bytesRead = new AtomicLong();
  private final Map<TaskInstanceId, Log> logs = new ConcurrentHashMap<>();

  /** One log; its byte at offset n is {@code n % 251} when it is computed. */
  private static final class Log {
    private byte[] bytes = new byte[0];
    private long computedSize = -1;
    private boolean isComplete;
    private final List<Runnable> waiting = new ArrayList<>();

    long size() {
      return computedSize >= 0 ? computedSize : bytes.length;
    }

    byte[] read(long offset, int max) {
      int length = (int) Math.max(0, Math.min(max, size() - offset));
      if (computedSize < 0) {
        return length == 0
            ? new byte[0]
            : Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
      }
      byte[] computed = new byte[length];
      int phase = (int) (offset % PERIOD.length);
      for (int done = 0; done < length; ) {
        int part = Math.min(length - done, PERIOD.length - phase);
        System.arraycopy(PERIOD, phase, computed, done, part);
        done += part;
        phase = 0;
      }
      return computed;
    }
  }

  private static final byte[] PERIOD = period();

  private static byte[] period() {
    byte[] period = new byte[251 * 256];
    for (int i = 0; i < period.length; i++) {
      period[i] = byteAt(i);
    }
    return period;
  }

  FakeWorker(Member self) {
    this.self = self;
  }

  public static byte byteAt(long offset) {
    return (byte) (offset % 251);
  }

  /** A finished log of so many computed bytes. */
  public void computed(TaskInstanceId id, long size) {
    Log log = new Log();
    log.computedSize = size;
    log.isComplete = true;
    logs.put(id, log);
  }

  public void append(TaskInstanceId id, String text) {
    append(id, text.getBytes(StandardCharsets.UTF_8));
  }

  public synchronized void append(TaskInstanceId id, byte[] more) {
    Log log = logs.computeIfAbsent(id, key -> new Log());
    byte[] longer = Arrays.copyOf(log.bytes, log.bytes.length + more.length);
    System.arraycopy(more, 0, longer, log.bytes.length, more.length);
    log.bytes = longer;
    wake(log);
  }

  public synchronized void complete(TaskInstanceId id) {
    Log log = logs.computeIfAbsent(id, key -> new Log());
    log.isComplete = true;
    wake(log);
  }

  private static void wake(Log log) {
    List<Runnable> waiting = List.copyOf(log.waiting);
    log.waiting.clear();
    waiting.forEach(Runnable::run);
  }

  @Override
  public synchronized Maybe<Message> handle(Message message) {
    LogRead read = (LogRead) message;
    Log log = logs.get(read.taskInstance());
    if (log == null) {
      return Maybe.just(LogChunk.NOT_FOUND);
    }
    if (read.offset() < log.size() || log.isComplete || read.waitMillis() == 0) {
      return Maybe.just(chunk(log, read));
    }
    MaybeSubject<Message> later = MaybeSubject.create();
    log.waiting.add(() -> later.onSuccess(chunk(log, read)));
    return later;
  }

  private LogChunk chunk(Log log, LogRead read) {
    byte[] bytes = log.read(read.offset(), read.maxBytes());
    bytesRead.addAndGet(bytes.length);
    return new LogChunk(true, read.offset(), log.size(), log.isComplete, bytes);
  }
}
