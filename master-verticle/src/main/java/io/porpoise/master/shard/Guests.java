package io.porpoise.master.shard;

import io.porpoise.instance.WorkflowInstanceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finished instances that are in memory only because there is a command for them. One that is still
 * finished when its commands have been applied leaves again.
 */
final class Guests {
  private final Actors actors;
  private final Consumer<WorkflowInstanceId> forget;
  private final Set<WorkflowInstanceId> invited = new HashSet<>();
  private final Map<WorkflowInstanceId, Integer> busy = new HashMap<>();

  Guests(Actors actors, Consumer<WorkflowInstanceId> forget) {
    this.actors = actors;
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
    mayLeave(id);
  }

  void mayLeave(WorkflowInstanceId id) {
    if (busy.containsKey(id)) {
      return;
    }
    Actor actor = actors.get(id);
    if (actor != null) {
      invited.remove(id);
      if (actor.run().instance().isFinished()) {
        forget.accept(id);
      }
    }
  }
}
