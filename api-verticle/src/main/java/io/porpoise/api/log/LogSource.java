package io.porpoise.api.log;

import io.porpoise.bus.Addresses;
import io.porpoise.bus.Bus;
import io.porpoise.bus.message.LogChunk;
import io.porpoise.bus.message.LogRead;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Registry;
import io.porpoise.cluster.Role;
import io.porpoise.instance.TaskInstance;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.Optional;

/** Reads pieces of logs from the workers' present incarnations. */
public final class LogSource {
  /** The largest piece of one pull. */
  public static final int PIECE_MAX = 128 * 1024;

  private final Bus bus;
  private final Registry registry;
  private final Duration timeout;

  public LogSource(Bus bus, Registry registry, Duration timeout) {
    this.bus = bus;
    this.registry = registry;
    this.timeout = timeout;
  }

  /** The living member that holds the log of an attempt, if its node is there. */
  public Optional<MemberId> holder(TaskInstance task) {
    NodeId node = task.worker();
    return registry.members().stream()
        .map(Member::id)
        .filter(id -> id.role() == Role.WORKER && id.node().equals(node))
        .max(MemberId::compareTo);
  }

  /** A piece, or an empty one after {@code wait}; fails with {@code BusException}. */
  public Single<LogChunk> read(
      MemberId worker, TaskInstance task, long offset, int bytesMax, Duration wait) {
    LogRead read = new LogRead(task.id(), offset, bytesMax, wait.toMillis());
    return bus.request(Addresses.logs(worker), read, timeout.plus(wait)).cast(LogChunk.class);
  }
}
