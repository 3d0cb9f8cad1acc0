package io.porpoise.worker.intake;

import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstanceId;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What this worker has promised not to start, for as long as a late dispatch may still come. Older
 * promises are forgotten first.
 */
final class Refusals {
  private record Refusal(int number, Reason reason, long madeNanos) {}

  private final long memoryNanos;
  private final Map<TaskInstanceId, Refusal> refusals = new LinkedHashMap<>();

  Refusals(Duration memory) {
    memoryNanos = memory.toNanos();
  }

  /** Refuses the dispatches of an attempt up to that number. */
  void add(TaskInstanceId id, int number, Reason reason, long nowNanos) {
    forgetOld(nowNanos);
    Refusal former = refusals.remove(id); // so that it moves to the end
    int upTo = former == null ? number : Math.max(number, former.number);
    refusals.put(id, new Refusal(upTo, reason, nowNanos));
  }

  /** Why that dispatch was refused, or null when it was not. */
  Reason find(TaskInstanceId id, int number) {
    Refusal refusal = refusals.get(id);
    return refusal != null && number <= refusal.number ? refusal.reason : null;
  }

  private void forgetOld(long nowNanos) {
    Iterator<Refusal> oldest = refusals.values().iterator();
    while (oldest.hasNext() && nowNanos - oldest.next().madeNanos > memoryNanos) {
      oldest.remove();
    }
  }
}
