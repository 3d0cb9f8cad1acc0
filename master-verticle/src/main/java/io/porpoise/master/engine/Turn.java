package io.porpoise.master.engine;

import io.porpoise.definition.TaskDefinition;
import io.porpoise.instance.ChildRun;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowState;
import io.porpoise.master.engine.TaskEffect.Replace;
import io.porpoise.store.Batch.Alert;
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
  final WorkflowRun run;
  final Instant now;
  final EngineSettings settings;
  final List<Effect> effects = new ArrayList<>();
  private final LongSupplier taskIds;
  private final Map<TaskInstanceId, TaskInstance> tasks = new LinkedHashMap<>();
  private final List<HistoryEntry> history = new ArrayList<>();
  private final List<Long> leftTickets = new ArrayList<>();
  private final List<Alert> alerts = new ArrayList<>();
  private final ArrayDeque<Integer> ready = new ArrayDeque<>();
  private boolean isSubmitting;
  private WorkflowInstance changedInstance;

  /** Whether all open tasks are being killed already. */
  boolean isKillingAll;

  Turn(WorkflowRun run, Instant now, LongSupplier taskIds, EngineSettings settings) {
    this.run = run;
    this.now = now;
    this.taskIds = taskIds;
    this.settings = settings;
  }

  Step step(StepKind kind) {
    return new Step(
        kind, changedInstance, List.copyOf(tasks.values()), history, leftTickets, alerts, effects);
  }

  WorkflowState state() {
    return run.instance().state();
  }

  void change(WorkflowInstance next, String cause, String actor) {
    history.add(new HistoryEntry(now, null, 0, state().name(), next.state().name(), cause, actor));
    run.instance(next);
    changedInstance = next;
  }

  void leaveQueue(long ticket) {
    leftTickets.add(ticket);
  }

  void alert(Alert.Kind kind, TaskInstance task, String text) {
    alerts.add(new Alert(kind, run.instance().round(), task == null ? null : task.id(), text));
  }

  void put(int node, TaskInstance before, TaskInstance after, WorkflowEvent.OfTask event) {
    boolean isToBeKilled = before.killCause() == null && after.isKilling();
    if (before.state() != after.state() || before.valid() != after.valid() || isToBeKilled) {
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
    begin(node, newAttempt(node, state, 0, 0, now, due, null), "Ready");
  }

  /** Makes the next attempt of a task; the former one's row has been made invalid. */
  void replace(int node, TaskInstance former, Replace.Cause cause) {
    boolean isRetry = cause == Replace.Cause.RETRY;
    run.put(node, null);
    TaskInstance next =
        newAttempt(
            node,
            TaskState.SUBMITTED,
            former.retries() + (isRetry ? 1 : 0),
            isRetry ? 0 : former.losses() + 1,
            former.firstSubmitTime(),
            null,
            null);
    begin(node, next, isRetry ? "Retry" : "LossReplaced");
  }

  /** The valid attempt of a node no longer counts; a next one is made when the node is ready. */
  void invalidate(int node, String cause, String actor) {
    TaskInstance former = run.current(node);
    TaskInstance invalid = former.change().valid(false).dueAt(null).done();
    String state = former.state().name();
    history.add(new HistoryEntry(now, former.name(), former.attempt(), state, state, cause, actor));
    run.put(node, null);
    tasks.put(invalid.id(), invalid);
  }

  /**
   * Makes the attempt by which a task goes on after its instance was reopened.
   *
   * @param former its last attempt, no longer valid
   * @param keepsRetries whether the retries that it has used up still count
   */
  void goOn(int node, TaskInstance former, boolean keepsRetries) {
    TaskInstance next =
        newAttempt(
            node,
            TaskState.SUBMITTED,
            keepsRetries ? former.retries() : 0,
            0,
            keepsRetries ? former.firstSubmitTime() : now,
            null,
            former.child());
    begin(node, next, "Reopened");
  }

  private void begin(int node, TaskInstance fresh, String cause) {
    TaskStep step = birth(node, fresh);
    TaskInstance task = step.task();
    history.add(
        new HistoryEntry(
            now, task.name(), task.attempt(), null, task.state().name(), cause, "master"));
    run.put(node, task);
    tasks.put(task.id(), task);
    step.effects().forEach(effect -> perform(task, effect));
    if (task.state().isTerminal()) {
      run.decide(node, this::submit);
    } else {
      setTimeout(task);
    }
  }

  private TaskStep birth(int node, TaskInstance fresh) {
    if (run.instance().options().dryRun()) {
      return TaskStep.move(dry(fresh));
    }
    TaskRules rules = TaskRules.of(run.graph().task(node), settings);
    if (state() == WorkflowState.PAUSING) {
      return TaskLifecycle.apply(fresh, rules, new TaskEvent.PauseRequested(), now);
    }
    return fresh.state() == TaskState.DELAYED
        ? TaskStep.move(fresh, new TaskEffect.SetTimer(fresh.dueAt(), new TaskEvent.DelayDue()))
        : TaskLifecycle.released(fresh, rules, now);
  }

  /**
   * Hands on what a task's step wants done; making another attempt in its place is not for here.
   */
  void perform(TaskInstance task, TaskEffect effect) {
    if (effect instanceof TaskEffect.Enqueue) {
      effects.add(new Effect.Enqueue(task));
    } else if (effect instanceof TaskEffect.AwaitSlot) {
      effects.add(new Effect.AwaitSlot(task));
    } else if (effect instanceof TaskEffect.Decide) {
      effects.add(new Effect.Decide(task));
    } else if (effect instanceof TaskEffect.SendDispatch send) {
      effects.add(new Effect.SendDispatch(task.id(), send.worker(), task.dispatches()));
    } else if (effect instanceof TaskEffect.SendKill send) {
      effects.add(new Effect.SendKill(task.id(), send.worker()));
    } else if (effect instanceof TaskEffect.StartChild) {
      effects.add(new Effect.StartChild(task));
    } else if (effect instanceof TaskEffect.PauseChild) {
      effects.add(new Effect.PauseChild(task.child().id()));
    } else if (effect instanceof TaskEffect.StopChild) {
      effects.add(new Effect.StopChild(task.child().id()));
    } else if (effect instanceof TaskEffect.SetTimer timer) {
      timer(task, timer.at(), timer.event());
    } else if (effect instanceof TaskEffect.AlertTimeout) {
      alert(
          Alert.Kind.TASK_TIMEOUT,
          task,
          "task '" + task.name() + "' takes longer than its timeout");
    }
  }

  private TaskInstance newAttempt(
      int node,
      TaskState state,
      int retries,
      int losses,
      Instant firstSubmit,
      Instant due,
      ChildRun child) {
    TaskInstanceId id = new TaskInstanceId(taskIds.getAsLong());
    return NewAttempt.of(run, node, id, state, retries, losses, firstSubmit, now, due, child);
  }

  /** A dry run's task succeeds at once without running (SEMANTICS.md, section 2). */
  private TaskInstance dry(TaskInstance task) {
    return TaskRows.doneAtOnce(task, now).change().exitCode(0).done();
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
