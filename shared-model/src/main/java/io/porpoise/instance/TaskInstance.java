package io.porpoise.instance;

import io.porpoise.cluster.NodeId;
import java.time.Instant;
import java.util.Map;

/**
 * One attempt of one task in one workflow instance: the row as it stands in the database.
 * Immutable.
 *
 * <p>A FAILED attempt with {@code dueAt} set waits for its retry; a DELAYED one waits for {@code
 * dueAt} as well. An attempt with {@code killCause} set is being killed as long as its state is not
 * terminal.
 *
 * @param code the task's stable number within its workflow, the same over all versions
 * @param valid false once a newer attempt has taken its place
 * @param attempt counts the attempts of this task in this instance, from 1
 * @param retries how many of the task's retries have been used up to this attempt
 * @param losses how many LOST attempts this one follows without a gap
 * @param dispatches how often a worker has been chosen for it; tells a late answer to a former
 *     dispatch from the present one
 * @param worker the worker that was chosen, or null; durable before the dispatch leaves
 * @param reason why it ended as it did, or why it waits, if that must survive a take-over; else
 *     null
 * @param branch what a SWITCH or CONDITIONS has chosen: the name of a task of a switch, SUCCESS or
 *     FAILED of a condition; null: nothing, so all that follows may run
 * @param child the instance that a SUB_WORKFLOW has started, or null
 * @param claim its claim to a slot of a task group, or null
 * @param params the resolved parameters as the task saw them; secrets never stand here
 */
public record TaskInstance(
    TaskInstanceId id,
    WorkflowInstanceId workflowInstanceId,
    long code,
    String name,
    String taskType,
    TaskState state,
    boolean valid,
    int attempt,
    int retries,
    int losses,
    int dispatches,
    String workerGroup,
    NodeId worker,
    Instant firstSubmitTime,
    Instant submitTime,
    Instant startTime,
    Instant endTime,
    Instant dueAt,
    KillCause killCause,
    Integer exitCode,
    Reason reason,
    String branch,
    ChildRun child,
    GroupClaim claim,
    Map<String, String> params,
    Map<String, String> outputs) {
  public TaskInstance {
    params = params == null ? Map.of() : Map.copyOf(params);
    outputs = outputs == null ? Map.of() : Map.copyOf(outputs);
  }

  public boolean isKilling() {
    return killCause != null && !state.isTerminal();
  }

  /** Whether it has failed but will be tried again at {@link #dueAt()}. */
  public boolean isRetryWaiting() {
    return valid && state == TaskState.FAILED && dueAt != null;
  }

  public Change change() {
    return new Change(this);
  }

  /** A copy with some fields changed; the rest stays. */
  public static final class Change {
    private final TaskInstance from;
    private TaskState state;
    private boolean valid;
    private int dispatches;
    private NodeId worker;
    private Instant startTime;
    private Instant endTime;
    private Instant dueAt;
    private KillCause killCause;
    private Integer exitCode;
    private Reason reason;
    private String branch;
    private ChildRun child;
    private Map<String, String> params;
    private Map<String, String> outputs;

    private Change(TaskInstance from) {
      this.from = from;
      state = from.state;
      valid = from.valid;
      dispatches = from.dispatches;
      worker = from.worker;
      startTime = from.startTime;
      endTime = from.endTime;
      dueAt = from.dueAt;
      killCause = from.killCause;
      exitCode = from.exitCode;
      reason = from.reason;
      branch = from.branch;
      child = from.child;
      params = from.params;
      outputs = from.outputs;
    }

    public Change state(TaskState value) {
      state = value;
      return this;
    }

    public Change valid(boolean value) {
      valid = value;
      return this;
    }

    public Change dispatches(int value) {
      dispatches = value;
      return this;
    }

    public Change worker(NodeId value) {
      worker = value;
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

    public Change dueAt(Instant value) {
      dueAt = value;
      return this;
    }

    public Change killCause(KillCause value) {
      killCause = value;
      return this;
    }

    public Change exitCode(Integer value) {
      exitCode = value;
      return this;
    }

    public Change reason(Reason value) {
      reason = value;
      return this;
    }

    public Change branch(String value) {
      branch = value;
      return this;
    }

    public Change child(ChildRun value) {
      child = value;
      return this;
    }

    public Change params(Map<String, String> value) {
      params = value;
      return this;
    }

    public Change outputs(Map<String, String> value) {
      outputs = value;
      return this;
    }

    public TaskInstance done() {
      return new TaskInstance(
          from.id,
          from.workflowInstanceId,
          from.code,
          from.name,
          from.taskType,
          state,
          valid,
          from.attempt,
          from.retries,
          from.losses,
          dispatches,
          from.workerGroup,
          worker,
          from.firstSubmitTime,
          from.submitTime,
          startTime,
          endTime,
          dueAt,
          killCause,
          exitCode,
          reason,
          branch,
          child,
          from.claim,
          params,
          outputs);
    }
  }
}
