package io.porpoise.master.shard;

import io.porpoise.instance.Reason;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.time.Backoff;
import io.porpoise.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Instances that cannot go on, because the database refuses what is to be written of them or
 * because they cannot be read. They stay as they were last committed, so that nothing else is held
 * up, and are read anew after a pause that grows, at once for each command, and by the next owner.
 */
final class SetAside {
  private static final Duration PAUSE_MIN = Duration.ofMinutes(1);
  private static final Duration PAUSE_MAX = Duration.ofMinutes(15);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  /** One of them; it is kept while it is tried again, so that the pauses grow. */
  private static final class Case {
    final Backoff pauses = new Backoff(PAUSE_MIN, PAUSE_MAX);
    String why;
    Instant since;
    Instant again;
    long againNanos;
    long lastCommand;
  }

  private final Clock clock;
  private final Map<WorkflowInstanceId, Case> cases = new TreeMap<>();

  SetAside(Clock clock) {
    this.clock = clock;
  }

  void add(WorkflowInstanceId id, String why) {
    Case found = cases.computeIfAbsent(id, key -> new Case());
    Duration pause = found.pauses.next();
    found.why = why;
    found.since = clock.now();
    found.again = found.since.plus(pause);
    found.againNanos = clock.monotonicNanos() + pause.toNanos();
  }

  boolean has(WorkflowInstanceId id) {
    return cases.containsKey(id);
  }

  /** Whether it is time to read it anew. */
  boolean isDue(WorkflowInstanceId id) {
    return cases.get(id).againNanos - clock.monotonicNanos() <= 0;
  }

  /** Somebody wants something of it, which is worth one try; false when that try has been made. */
  boolean hurry(WorkflowInstanceId id, long command) {
    Case found = cases.get(id);
    boolean isNew = command > found.lastCommand;
    if (isNew) {
      found.lastCommand = command;
      found.againNanos = clock.monotonicNanos();
    }
    return isNew;
  }

  /** Why it stands still, for people. */
  Reason reason(WorkflowInstanceId id) {
    Case found = cases.get(id);
    return new Reason(
        "SET_ASIDE",
        "set aside at "
            + TIME.format(found.since)
            + ", "
            + found.why
            + "; tried again at "
            + TIME.format(found.again)
            + ", or when it is stopped");
  }

  void remove(WorkflowInstanceId id) {
    cases.remove(id);
  }

  /** Whoever owns the slots next tries again. */
  void forget(Collection<Integer> slots) {
    cases.keySet().removeIf(id -> slots.contains(id.slot()));
  }
}
