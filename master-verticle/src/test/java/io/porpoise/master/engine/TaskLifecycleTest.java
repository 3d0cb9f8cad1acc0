package io.porpoise.master.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.definition.TimeoutStrategy;
import io.porpoise.instance.KillCause;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskState;
import io.porpoise.master.engine.TaskEvent.Failed;
import io.porpoise.master.engine.TaskEvent.KillRequested;
import io.porpoise.master.engine.TaskEvent.Lost;
import io.porpoise.master.engine.TaskEvent.Refused;
import io.porpoise.master.engine.TaskEvent.RetryDue;
import io.porpoise.master.engine.TaskEvent.Started;
import io.porpoise.master.engine.TaskEvent.Succeeded;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskLifecycleTest {
  @ParameterizedTest
  @EnumSource(
      value = TaskState.class,
      names = {"SUCCEEDED", "FORCED_SUCCESS", "FAILED", "KILLED", "PAUSED", "LOST"})
  void an_attempt_that_has_ended_never_moves_again_unless_somebody_forces_its_success(
      TaskState state) {
    TaskInstance ended = Tasks.ended(state);

    for (TaskEvent event : TaskLifecycleMatrix.events()) {
      TaskStep step = step(ended, event);
      if (event instanceof TaskEvent.SuccessForced && isFailure(state)) {
        assertThat(step.task().state()).isEqualTo(TaskState.FORCED_SUCCESS);
        continue;
      }
      assertThat(step.kind()).as("%s", event).isNotEqualTo(StepKind.MOVED);
      assertThat(step.task()).isEqualTo(ended);
      assertThat(step.effects()).isEmpty();
    }
  }

  @Test
  void a_failure_with_retries_left_waits_and_then_makes_place_for_another_attempt() {
    TaskStep failed = step(Tasks.running(), new Failed(Tasks.W1, Tasks.NOW, 1, Tasks.reason()));

    assertThat(failed.task().isRetryWaiting()).isTrue();
    assertThat(failed.task().dueAt()).isEqualTo(Tasks.NOW.plusSeconds(10));

    TaskStep due = step(failed.task(), new RetryDue());

    assertThat(due.task().valid()).isFalse();
    assertThat(due.effects())
        .containsExactly(new TaskEffect.Replace(TaskEffect.Replace.Cause.RETRY));
  }

  @Test
  void the_last_failure_is_final() {
    TaskRules none = rules(0, 3);

    TaskStep failed =
        TaskLifecycle.apply(
            Tasks.running(), none, new Failed(Tasks.W1, Tasks.NOW, 3, Tasks.reason()), Tasks.NOW);

    assertThat(failed.task().state()).isEqualTo(TaskState.FAILED);
    assertThat(failed.task().isRetryWaiting()).isFalse();
    assertThat(failed.task().exitCode()).isEqualTo(3);
  }

  @Test
  void a_kill_of_a_dispatched_task_waits_for_its_worker_because_it_may_already_run() {
    TaskStep kill = step(Tasks.dispatched(), new KillRequested(KillCause.USER));

    assertThat(kill.task().state()).isEqualTo(TaskState.DISPATCHED);
    assertThat(kill.task().isKilling()).isTrue();
    assertThat(kill.effects()).containsExactly(new TaskEffect.SendKill(Tasks.W1));
  }

  @Test
  void a_success_that_was_quicker_than_the_kill_counts() {
    TaskStep success =
        step(Tasks.killing(Tasks.running()), new Succeeded(Tasks.W1, Tasks.NOW, Map.of("a", "1")));

    assertThat(success.task().state()).isEqualTo(TaskState.SUCCEEDED);
    assertThat(success.task().outputs()).containsEntry("a", "1");
  }

  @Test
  void what_another_worker_says_changes_nothing() {
    assertThat(step(Tasks.running(), new Succeeded(Tasks.W2, Tasks.NOW, Map.of())).kind())
        .isEqualTo(StepKind.IGNORED);
    assertThat(step(Tasks.dispatched(), new Started(Tasks.W2, Tasks.NOW)).kind())
        .isEqualTo(StepKind.IGNORED);
  }

  @Test
  void the_refusal_of_a_former_dispatch_changes_nothing() {
    TaskInstance again = Tasks.dispatched().change().dispatches(2).done();

    assertThat(step(again, new Refused(Tasks.W1, 1, Tasks.reason())).kind())
        .isEqualTo(StepKind.IGNORED);
    assertThat(step(again, new Refused(Tasks.W1, 2, Tasks.reason())).task().state())
        .isEqualTo(TaskState.SUBMITTED);
  }

  @Test
  void a_lost_attempt_is_replaced_three_times_and_then_fails() {
    TaskInstance running = Tasks.running();

    TaskStep first = step(running, new Lost(Tasks.W1, Tasks.reason()));

    assertThat(first.task().state()).isEqualTo(TaskState.LOST);
    assertThat(first.effects())
        .containsExactly(new TaskEffect.Replace(TaskEffect.Replace.Cause.LOSS));

    TaskRules noneLeft = rules(2, 0);
    TaskStep last =
        TaskLifecycle.apply(running, noneLeft, new Lost(Tasks.W1, Tasks.reason()), Tasks.NOW);

    assertThat(last.task().state()).isEqualTo(TaskState.FAILED);
    assertThat(last.task().reason().code()).isEqualTo("LOST_TOO_OFTEN");
    assertThat(last.effects()).isEmpty();
  }

  @Test
  void a_stop_during_a_retry_wait_cancels_the_retry() {
    TaskStep step = step(Tasks.retryWaiting(), new KillRequested(KillCause.STOP));

    assertThat(step.task().state()).isEqualTo(TaskState.FAILED);
    assertThat(step.task().isRetryWaiting()).isFalse();
  }

  private static boolean isFailure(TaskState state) {
    return state == TaskState.FAILED || state == TaskState.KILLED;
  }

  private static TaskRules rules(int retriesMax, int lostReplacementsMax) {
    return new TaskRules(
        TaskRules.Kind.PROCESS,
        retriesMax,
        Tasks.TWO_RETRIES.retryInterval(),
        null,
        lostReplacementsMax,
        Duration.ZERO);
  }

  @Test
  void a_timeout_that_only_warns_leaves_the_attempt_alone() {
    TaskRules warn =
        new TaskRules(
            TaskRules.Kind.PROCESS, 0, Duration.ZERO, TimeoutStrategy.WARN, 3, Duration.ZERO);

    for (TaskInstance task : List.of(Tasks.submitted(), Tasks.delayed(), Tasks.running())) {
      TaskStep step = TaskLifecycle.apply(task, warn, new TaskEvent.TimeoutDue(), Tasks.NOW);
      assertThat(step.kind()).isEqualTo(StepKind.IGNORED);
      assertThat(step.effects()).containsExactly(new TaskEffect.AlertTimeout());
    }
  }

  private static TaskStep step(TaskInstance task, TaskEvent event) {
    return TaskLifecycle.apply(task, Tasks.TWO_RETRIES, event, Tasks.NOW);
  }
}
