package io.porpoise.instance;

import java.time.Instant;
import java.util.Map;

/**
 * One run of one version of a workflow definition: the row as it stands in the database. Immutable;
 * only the owner of its slot makes a newer one.
 *
 * @param reason why it ended as it did, or null; the reason of an unfinished instance is derived,
 *     not stored
 * @param runTimes how often it has been run as a whole; 1 at first
 * @param round how often it has been set going: 1 at first, one more with each resume, recovery and
 *     rerun
 * @param ticket its place in the queue of its serial definition, 0: none. A finished instance has
 *     left the queue
 * @param reopening what is to be done when its turn comes: only in SERIAL_WAIT, and null at its
 *     first start
 * @param parent what it is a child of, or null
 * @param outputs the OUT parameters of its tasks, as far as they are declared as globals
 * @param createdBy the user, or what else caused it
 */
public record WorkflowInstance(
    WorkflowInstanceId id,
    long projectId,
    long workflowId,
    int version,
    WorkflowState state,
    Reason reason,
    StartOptions options,
    int runTimes,
    int round,
    long ticket,
    Reopening reopening,
    Parent parent,
    String createdBy,
    Instant createdAt,
    Instant startTime,
    Instant endTime,
    Map<String, String> outputs) {
  public WorkflowInstance {
    outputs = outputs == null ? Map.of() : Map.copyOf(outputs);
  }

  public static WorkflowInstance submitted(
      WorkflowInstanceId id,
      long projectId,
      long workflowId,
      int version,
      StartOptions options,
      String createdBy,
      Instant createdAt) {
    return new WorkflowInstance(
        id,
        projectId,
        workflowId,
        version,
        WorkflowState.SUBMITTED,
        null,
        options,
        1,
        1,
        0,
        null,
        null,
        createdBy,
        createdAt,
        null,
        null,
        Map.of());
  }

  public int slot() {
    return id.slot();
  }

  public boolean isFinished() {
    return state.isTerminal();
  }

  public WorkflowInstance started(Instant now) {
    return change()
        .state(WorkflowState.RUNNING)
        .reason(null)
        .startTime(startTime == null ? now : startTime)
        .endTime(null)
        .done();
  }

  /** Goes on to another unfinished state, for a reason that the end will keep. */
  public WorkflowInstance to(WorkflowState next, Reason why) {
    return change().state(next).reason(why).done();
  }

  public WorkflowInstance ended(
      WorkflowState end, Reason why, Map<String, String> finalOutputs, Instant now) {
    return change().state(end).reason(why).endTime(now).outputs(finalOutputs).done();
  }

  public Change change() {
    return new Change(this);
  }

  /** A copy with some fields changed; the rest stays. */
  public static final class Change {
    private final WorkflowInstance from;
    private WorkflowState state;
    private Reason reason;
    private int runTimes;
    private int round;
    private long ticket;
    private Reopening reopening;
    private Parent parent;
    private Instant startTime;
    private Instant endTime;
    private Map<String, String> outputs;

    private Change(WorkflowInstance from) {
      this.from = from;
      state = from.state;
      reason = from.reason;
      runTimes = from.runTimes;
      round = from.round;
      ticket = from.ticket;
      reopening = from.reopening;
      parent = from.parent;
      startTime = from.startTime;
      endTime = from.endTime;
      outputs = from.outputs;
    }

    public Change state(WorkflowState value) {
      state = value;
      return this;
    }

    public Change reason(Reason value) {
      reason = value;
      return this;
    }

    public Change runTimes(int value) {
      runTimes = value;
      return this;
    }

    public Change round(int value) {
      round = value;
      return this;
    }

    public Change ticket(long value) {
      ticket = value;
      return this;
    }

    public Change reopening(Reopening value) {
      reopening = value;
      return this;
    }

    public Change parent(Parent value) {
      parent = value;
      return this;
    }

    public Change startTime(Instant value) {
      startTime = value;
      return this;
    }

    public Change endTime(Instant value) {
      endTime = value;
      return this;
    }

    public Change outputs(Map<String, String> value) {
      outputs = value;
      return this;
    }

    public WorkflowInstance done() {
      return new WorkflowInstance(
          from.id,
          from.projectId,
          from.workflowId,
          from.version,
          state,
          reason,
          from.options,
          runTimes,
          round,
          ticket,
          reopening,
          parent,
          from.createdBy,
          from.createdAt,
          startTime,
          endTime,
          outputs);
    }
  }
}
