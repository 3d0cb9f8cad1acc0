package io.porpoise.master.shard;

import io.porpoise.instance.WorkflowInstanceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Finished instances that are in memory only because there is a command for them. One that is still
 * finished when its commands have been applied leaves again.
 */
final class Guests {
  private final Actors actors;
  private final BiConsumer<WorkflowInstanceId, Runnable> whenDurable;
  private final Consumer<WorkflowInstanceId> forget;
  private final Set<WorkflowInstanceId> invited = new HashSet<>();
  private final Map<WorkflowInstanceId, Integer> busy = new HashMap<>();

  /**
   * @param whenDurable calls back once all that is known of an instance is durable
   */
  Guests(
      Actors actors,
      BiConsumer<WorkflowInstanceId, Runnable> whenDurable,
      Consumer<WorkflowInstanceId> forget) {
    this.actors = actors;
    this.whenDurable = whenDurable;
    this.forget = forget;
  }

  /** The next time that it is read it may come in, finished or not. */
  void invite(WorkflowInstanceId id) {
    invited.add(id);
  }

  boolean isInvited(WorkflowInstanceId id) {
    return invited.contains(id);
  }

  /** A command is about to be applied to it. */
  void busy(WorkflowInstanceId id) {
    busy.merge(id, 1, Integer::sum);
  }

  void done(WorkflowInstanceId id) {
    busy.merge(id, -1, Integer::sum);
    busy.remove(id, 0);
    if (!actors.has(id) && !busy.containsKey(id)) {
      invited.remove(id);
    }
    mayLeave(id);
  }

  /** Its end is durable; it stays if it has been set going since, or is about to be. */
  void hasEnded(WorkflowInstanceId id) {
    leave(id);
  }

  /** Those of slots that are lost come no more. */
  void lost(Collection<Integer> slots) {
    invited.removeIf(id -> slots.contains(id.slot()));
  }

  void mayLeave(WorkflowInstanceId id) {
    if (actors.has(id) && !busy.containsKey(id)) {
      invited.remove(id);
      if (isFinished(id)) {
        // Before its end is durable, whoever reads it would find it unfinished.
        whenDurable.accept(id, () -> leave(id));
      }
    }
  }

  private void leave(WorkflowInstanceId id) {
    if (isFinished(id) && !busy.containsKey(id)) {
      invited.remove(id);
      forget.accept(id);
    }
  }

  private boolean isFinished(WorkflowInstanceId id) {
    Actor actor = actors.get(id);
    return actor != null && actor.run().instance().isFinished();
  }
}
