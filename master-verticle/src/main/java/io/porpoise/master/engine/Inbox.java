package io.porpoise.master.engine;

import io.porpoise.instance.WorkflowInstanceId;

/**
 * Where events for instances are handed in; they are applied in order, soon, on the owner's event
 * loop.
 */
@FunctionalInterface
public interface Inbox {
  void post(WorkflowInstanceId instance, WorkflowEvent event);
}
