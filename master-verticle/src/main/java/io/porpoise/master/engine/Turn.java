package io.porpoise.master.engine;

import io.porpoise.definition.TaskDefinition;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowState;
import io.porpoise.master.engine.TaskEffect.Replace;
import io.porpoise.store.Batch.HistoryEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Gathers what one event changes in one run: rows (the last state of each), history and effects.
 */
final class Turn {
  static final String DEFAULT_WORKER_GROUP = "default";

  final WorkflowRun run;
  final Instant now;
  final int lostReplacementsMax;
  final List<Effect> effects = new ArrayList<>();
  private final LongSupplier taskIds;
  private final Map<TaskInstanceId, TaskInstance> tasks = new LinkedHashMap<>();
  private final List<HistoryEntry> history = new ArrayList<>();
  private final ArrayDeque<Integer> ready = new ArrayDeque<>();
  private boolean isSubmitting;
  private WorkflowInstance changedInstance;

  /** Whether all open tasks are being killed already. */
  boolean isKillingAll;

  Turn(WorkflowRun run, Instant now, LongSupplier taskIds, int lostReplacementsMax) {
    this.run = run;
    this.now = now;
    this.taskIds = taskIds;
    this.lostReplacementsMax = lostReplacementsMax;
  }

  Step step(StepKind kind) {
    return new Step(kind, changedInstance, List.copyOf(tasks.values()), history, effects);
  }

  WorkflowState state() {
    return run.instance().state();
  }

  void change(WorkflowInstance next, String cause, String actor) {
    history.add(new HistoryEntry(now, null, 0, state().name(), next.state().name(), cause, actor));
    run.instance(next);
    changedInstance = next;
  }

  void put(int node, TaskInstance before, TaskInstance after, WorkflowEvent.OfTask event) {
    if (before.state() != after.state() || before.valid() != after.valid()) {
      history.add(
          new HistoryEntry(
              now,
              after.name(),
              after.attempt(),
              before.state().name(),
              after.state().name(),
              event.event().getClass().getSimpleName(),
              event.actor()));
    }
    run.put(node, after);
    tasks.put(after.id(), after);
  }

  /**
   * Makes the first attempts of a node that has become ready, and of all that this makes ready in
   * turn (a dry run's task ends at once): a loop, because a chain may be 10,000 tasks long.
   */
  void submit(int node) {
    ready.add(node);
    if (isSubmitting) {
      return;
    }
    isSubmitting = true;
    for (Integer next = ready.poll(); next != null; next = ready.poll()) {
      if (WorkflowLifecycle.startsTasks(run)) {
        first(next);
      }
    }
    isSubmitting = false;
  }

  private void first(int node) {
    TaskDefinition task = run.graph().task(node);
    boolean delayed = !task.delayTime().isZero();
    Instant due = delayed ? now.plus(task.delayTime()) : null;
    TaskState state = delayed ? TaskState.DELAYED : TaskState.SUBMITTED;
    begin(node, attempt(task, state, 1, 0, 0, now, due), "Ready");
  }

  /** Makes the next attempt of a task; the former one's row has been made invalid. */
  void replace(int node, TaskInstance former, Replace.Cause cause) {
    boolean isRetry = cause == Replace.Cause.RETRY;
    TaskInstance next =
        attempt(
            run.graph().task(node),
            TaskState.SUBMITTED,
            former.attempt() + 1,
            former.retries() + (isRetry ? 1 : 0),
            isRetry ? 0 : former.losses() + 1,
            former.firstSubmitTime(),
            null);
    begin(node, next, isRetry ? "Retry" : "LossReplaced");
  }

  private TaskInstance attempt(
      TaskDefinition task,
      TaskState state,
      int attempt,
      int retries,
      int losses,
      Instant firstSubmit,
      Instant due) {
    return new TaskInstance(
        new TaskInstanceId(taskIds.getAsLong()),
        run.id(),
        run.definition().taskCodes().get(task.name()),
        task.name(),
        task.taskType(),
        state,
        true,
        attempt,
        retries,
        losses,
        0,
        workerGroup(task),
        null,
        firstSubmit,
        now,
        null,
        null,
        due,
        null,
        null,
        null,
        Map.of(),
        Map.of());
  }

  private String workerGroup(TaskDefinition task) {
    if (task.workerGroup() != null) {
      return task.workerGroup();
    }
    if (run.instance().options().workerGroup() != null) {
      return run.instance().options().workerGroup();
    }
    String ofWorkflow = run.definition().definition().workerGroup();
    return ofWorkflow != null ? ofWorkflow : DEFAULT_WORKER_GROUP;
  }

  private void begin(int node, TaskInstance fresh, String cause) {
    TaskInstance task = run.instance().options().dryRun() ? dry(fresh) : fresh;
    history.add(
        new HistoryEntry(
            now, task.name(), task.attempt(), null, task.state().name(), cause, "master"));
    run.put(node, task);
    tasks.put(task.id(), task);
    if (task.state() == TaskState.SUBMITTED) {
      effects.add(new Effect.Enqueue(task));
    } else if (task.state() == TaskState.DELAYED) {
      timer(task, task.dueAt(), new TaskEvent.DelayDue());
    }
    if (task.state().isTerminal()) {
      run.readiness().decide(node, WorkflowRun.verdict(task), this::submit);
    } else {
      setTimeout(task);
    }
  }

  /** A dry run's task succeeds at once without running (SEMANTICS.md, section 2). */
  private TaskInstance dry(TaskInstance task) {
    return task.change()
        .state(TaskState.SUCCEEDED)
        .dueAt(null)
        .startTime(now)
        .endTime(now)
        .exitCode(0)
        .done();
  }

  /** A task's timeout counts from its attempt's submission. */
  void setTimeout(TaskInstance task) {
    Duration timeout = run.graph().task(run.nodeOf(task.id())).timeout();
    if (timeout != null && !timeout.isZero() && !task.isRetryWaiting()) {
      timer(task, task.submitTime().plus(timeout), new TaskEvent.TimeoutDue());
    }
  }

  void timer(TaskInstance task, Instant at, TaskEvent event) {
    effects.add(new Effect.SetTimer(at, new WorkflowEvent.OfTask(task.id(), event, "timer")));
  }
}
