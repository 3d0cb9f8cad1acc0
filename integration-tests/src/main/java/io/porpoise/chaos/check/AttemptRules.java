package io.porpoise.chaos.check;

import io.porpoise.chaos.workload.Journal;
import io.porpoise.chaos.workload.Journal.Kind;
import io.porpoise.chaos.workload.TaskPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * No attempt ran twice, no two attempts of a task overlapped, none did anything after its end, each
 * was given what it should be, the rows say what happened, and retries and losses are counted
 * right.
 */
final class AttemptRules {
  /** Of a wall clock that two processes read. */
  private static final long CLOCK_MICROS = 200_000;

  /** The default of {@code master.max_lost_replacements}. */
  private static final int LOST_REPLACEMENTS_MAX = 3;

  private final Seen seen;
  private final List<String> broken = new ArrayList<>();

  private AttemptRules(Seen seen) {
    this.seen = seen;
  }

  /** The broken promises, one sentence each. */
  static List<String> check(Seen seen) {
    AttemptRules rules = new AttemptRules(seen);
    rules.journal();
    seen.attempts().forEach(rules::attempt);
    seen.start().plan().tasks().forEach(rules::task);
    return rules.broken;
  }

  private void journal() {
    Set<String> known = new HashSet<>();
    seen.attempts().forEach(attempt -> known.add(attempt.id()));
    Set<String> started = new HashSet<>();
    for (Journal.Entry entry : seen.journal()) {
      if (!known.contains(entry.attempt())) {
        say("an attempt that no row knows has written: %s", entry);
      }
      switch (entry.kind()) {
        case START -> {
          if (!started.add(entry.attempt())) {
            say("an attempt ran twice: %s", entry);
          }
          if (!entry.detail().equals(seen.start().key())) {
            say("an attempt was given the start parameter of another instance: %s", entry);
          }
        }
        case END -> {
          if (!started.contains(entry.attempt())) {
            say("an attempt ended that had not started: %s", entry);
          }
        }
        case OVERLAP -> overlap(entry);
        case WRONG_INPUT -> say("an attempt was not given an output of a task before: %s", entry);
      }
    }
  }

  private void overlap(Journal.Entry entry) {
    if (!seen.start().plan().task(entry.task()).atOnce()) {
      say("two attempts of a task overlapped: %s", entry);
    }
  }

  private void attempt(Seen.Attempt attempt) {
    List<Journal.Entry> written = seen.journalOf(attempt);
    List<String> ends =
        written.stream().filter(e -> e.kind() == Kind.END).map(Journal.Entry::detail).toList();
    if (attempt.state().equals("SUCCEEDED") && !ends.equals(List.of("0"))) {
      say("an attempt has SUCCEEDED whose process has not: %s wrote %s", attempt, written);
    }
    if (attempt.state().equals("FAILED")
        && attempt.exitCode() != null
        && !ends.equals(List.of(attempt.exitCode().toString()))) {
      say("an attempt's exit code is not what its process ended with: %s wrote %s", attempt, ends);
    }
    if (attempt.state().equals("LOST") && seen.start().plan().task(attempt.task()).atOnce()) {
      return; // it may have been given up while it ran
    }
    for (Journal.Entry entry : written) {
      if (attempt.endMicros() != null && entry.micros() > attempt.endMicros() + CLOCK_MICROS) {
        long after = (entry.micros() - attempt.endMicros()) / 1_000;
        say("an attempt that had ended did something %d ms later: %s %s", after, attempt, entry);
      }
    }
  }

  private void task(TaskPlan plan) {
    int number = 0;
    int lostInARow = 0;
    int failed = 0;
    List<Seen.Attempt> attempts = seen.attemptsOf(plan.name());
    for (Seen.Attempt attempt : attempts) {
      number++;
      if (attempt.attempt() != number) {
        say("attempts are numbered without a gap: %s is not number %d", attempt, number);
      }
      if (attempt.retries() != failed) {
        say("only failed attempts use up retries: %s, after %d failures", attempt, failed);
      }
      if (attempt.isValid() != (number == attempts.size())) {
        say("the last attempt of a task, and no other, is valid: %s", attempt);
      }
      if (attempt.wasLostTooOften() && lostInARow != LOST_REPLACEMENTS_MAX) {
        say("lost attempts are replaced three times: %s, after %d", attempt, lostInARow);
      }
      lostInARow = attempt.state().equals("LOST") ? lostInARow + 1 : 0;
      if (attempt.state().equals("FAILED")) {
        failed++;
      }
    }
    if (failed > plan.retries() + 1) {
      say("task %s has %d retries, but failed %d times", plan.name(), plan.retries(), failed);
    }
    boolean isGivenUp = !attempts.isEmpty() && failed > 0 && isLast(attempts, "FAILED");
    if (isGivenUp && failed <= plan.retries() && isExit(attempts)) {
      say(
          "task %s has failed %d times, but it may be retried %d times",
          plan.name(), failed, plan.retries());
    }
  }

  private static boolean isLast(List<Seen.Attempt> attempts, String state) {
    return attempts.get(attempts.size() - 1).state().equals(state);
  }

  /** Whether the last one failed by itself, and not because it had been lost too often. */
  private boolean isExit(List<Seen.Attempt> attempts) {
    return seen.start().isUndisturbed()
        && !seen.start().plan().endsOnFailure()
        && attempts.get(attempts.size() - 1).exitCode() != null;
  }

  private void say(String sentence, Object... about) {
    broken.add(seen + ": " + sentence.formatted(about));
  }
}
