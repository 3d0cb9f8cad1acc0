package io.porpoise.simulation.history;

import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.store.Batch;
import io.porpoise.store.Batch.HistoryEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The event history has no gaps: each transition begins where the one before it has ended. */
final class TransitionPromises {
  static final String REFUSED = "REFUSED";

  private final Truth truth;
  private final Map<String, String> last = new HashMap<>();

  TransitionPromises(Truth truth) {
    this.truth = truth;
  }

  void committing(Batch.InstanceChange change, WorkflowInstance before) {
    String instance = change.id() + "/";
    last.putIfAbsent(instance, before.state().name());
    for (HistoryEntry entry : change.history()) {
      if (!REFUSED.equals(entry.to())) {
        String key = entry.task() == null ? instance : key(change, entry.task(), entry.attempt());
        String former = last.put(key, entry.to());
        truth.check(
            Objects.equals(entry.from(), former),
            "each transition begins where the last one has ended: %s after %s of %s",
            entry,
            former,
            change.id());
      }
    }
    if (change.instance() != null) {
      stands(instance, change.instance().state());
    }
    for (TaskInstance task : change.tasks()) {
      stands(key(change, task.name(), task.attempt()), task.state());
    }
  }

  private void stands(String key, Enum<?> state) {
    truth.check(
        state.name().equals(last.get(key)),
        "rows are as the history says: %s is %s, the history says %s",
        key,
        state,
        last.get(key));
  }

  private static String key(Batch.InstanceChange change, String task, int attempt) {
    return change.id() + "/" + task + "/" + attempt;
  }
}
