package io.porpoise.chaos.check;

import io.porpoise.chaos.workload.Start;
import io.porpoise.chaos.workload.TaskPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every accepted start ended as it should: an undisturbed one exactly as planned, a stopped one or
 * one with a killed task in a state that such a wish explains.
 */
final class EndRules {
  private final Seen seen;
  private final List<String> broken = new ArrayList<>();

  private EndRules(Seen seen) {
    this.seen = seen;
  }

  /** The broken promises, one sentence each. */
  static List<String> check(Seen seen) {
    EndRules rules = new EndRules(seen);
    rules.check();
    return rules.broken;
  }

  private void check() {
    Set<String> failing = seen.start().plan().failing();
    String planned = failing.isEmpty() ? "SUCCEEDED" : "FAILED";
    if (seen.start().isUndisturbed()) {
      if (!wereTooManyLost()) {
        expectState(planned);
        expectTasks();
      }
    } else if (seen.start().wish() == Start.Wish.STOP) {
      expectState(planned, "STOPPED");
    } else {
      expectState(planned, "FAILED", "STOPPED");
    }
    for (Seen.Attempt attempt : seen.attempts()) {
      if (!attempt.hasEnded()) {
        broken.add(
            "%s has ended %s, but its task %s is %s"
                .formatted(seen, seen.state(), attempt.task(), attempt.state()));
      }
    }
  }

  private void expectState(String... states) {
    Set<String> possible = new TreeSet<>(List.of(states));
    if (!possible.contains(seen.state())) {
      broken.add(
          "%s is %s instead of %s (%s; wish %s)"
              .formatted(seen, seen.state(), possible, seen.reason(), seen.start().wish()));
    }
  }

  private void expectTasks() {
    Set<String> succeeded = valid("SUCCEEDED");
    Set<String> failed = valid("FAILED");
    if (seen.start().plan().endsOnFailure() && !failed.isEmpty()) {
      // What ran beside the failure was killed or not; what fails cannot have succeeded.
      for (TaskPlan task : seen.start().plan().tasks()) {
        if (!task.succeeds() && succeeded.contains(task.name())) {
          broken.add("%s: task %s cannot succeed, but has".formatted(seen, task.name()));
        }
      }
      return;
    }
    expectSet("SUCCEEDED", seen.start().plan().succeeding(), succeeded);
    expectSet("FAILED", seen.start().plan().failing(), failed);
  }

  private void expectSet(String state, Set<String> planned, Set<String> found) {
    if (!planned.equals(found)) {
      broken.add("%s: tasks %s instead of %s are %s".formatted(seen, found, planned, state));
    }
  }

  private Set<String> valid(String state) {
    Set<String> found = new TreeSet<>();
    for (Seen.Attempt attempt : seen.attempts()) {
      if (attempt.isValid() && attempt.state().equals(state)) {
        found.add(attempt.task());
      }
    }
    return found;
  }

  /** A task whose attempts are lost again and again is given up; that is a promise as well. */
  private boolean wereTooManyLost() {
    return seen.attempts().stream().anyMatch(Seen.Attempt::wasLostTooOften);
  }
}
