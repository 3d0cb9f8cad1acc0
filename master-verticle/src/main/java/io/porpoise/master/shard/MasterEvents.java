package io.porpoise.master.shard;

import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.engine.Step;
import io.porpoise.master.engine.WorkflowEvent;
import java.time.Duration;
import java.util.Set;

/**
 * What a shard tells of itself: to metrics and logs in production, to the checker in the
 * simulation.
 */
public interface MasterEvents {
  /** An event was applied. */
  default void stepped(Step step) {}

  /** An event met a state in which it cannot happen: a bug. */
  void unexpected(WorkflowInstanceId id, WorkflowEvent event);

  /** All slots that were claimed are loaded and go on; it took so long from the claim. */
  default void adopted(int slots, int instances, Duration took) {}

  /** The database says that these slots have another owner. */
  void slotsLost(Set<Integer> slots);

  /** One instance cannot go on for now; the others do. */
  default void setAside(WorkflowInstanceId id, String why) {}

  /** Something that should not fail has failed. */
  void broken(String what, Throwable why);
}
