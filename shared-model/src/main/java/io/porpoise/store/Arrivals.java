package io.porpoise.store;

import io.porpoise.instance.Reason;
import io.porpoise.instance.SerialRule.Arrival;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.instance.WorkflowState;
import io.porpoise.store.InstanceIntake.Start;
import io.porpoise.store.InstanceIntake.Wish;

/** What arrivals leave behind, alike in every store. */
public final class Arrivals {
  private Arrivals() {}

  /** Whether the wish would set its instance going, which is an arrival like a start. */
  public static boolean isArrival(Wish wish) {
    return switch (wish.type()) {
      case RESUME, RERUN, RECOVER_FAILED -> true;
      case STOP, PAUSE, KILL_TASK, FORCE_SUCCESS -> false;
    };
  }

  /**
   * The instance that a start inserts.
   *
   * @param ticket its place in the queue, 0: none
   * @param unfinished for whose sake it is discarded; for other arrivals it does not count
   */
  public static WorkflowInstance instance(
      Start start, Arrival arrival, long ticket, WorkflowInstanceId unfinished) {
    WorkflowInstance.Change submitted =
        WorkflowInstance.submitted(
                start.id(),
                start.projectId(),
                start.workflowId(),
                start.version(),
                start.options(),
                start.userName(),
                start.at())
            .change()
            .parent(start.parent())
            .ticket(ticket);
    return switch (arrival) {
      case START_FREELY, START_AS_FIRST -> submitted.done();
      case WAIT, STOP_OTHERS_AND_WAIT -> submitted.state(WorkflowState.SERIAL_WAIT).done();
      case DISCARD ->
          submitted
              .state(WorkflowState.STOPPED)
              .reason(discarded(unfinished))
              .endTime(start.at())
              .done();
    };
  }

  private static Reason discarded(WorkflowInstanceId unfinished) {
    return new Reason(
        "SERIAL_DISCARD",
        "workflow instance " + unfinished + " of this serial workflow is unfinished");
  }

  /** Who stops the others in the queue of a SERIAL_PRIORITY definition. */
  public static String stopActor(WorkflowInstanceId newest) {
    return "serial priority: workflow instance " + newest;
  }
}
