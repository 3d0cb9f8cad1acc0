package io.porpoise.chaos.check;

import io.porpoise.chaos.workload.Journal;
import io.porpoise.chaos.workload.Journal.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * A LOST attempt that had run, and the next one of its task; times are those of the wall clock.
 *
 * @param atOnce whether the task asks not to wait until the old one is certainly dead
 * @param lostMicros when it was declared LOST
 * @param againMicros when the next one ran
 */
public record Replacement(String worker, boolean atOnce, long lostMicros, long againMicros) {
  static List<Replacement> in(Seen seen) {
    List<Replacement> found = new ArrayList<>();
    for (Seen.Attempt lost : seen.attempts()) {
      if (lost.state().equals("LOST")) {
        boolean atOnce = seen.start().plan().task(lost.task()).atOnce();
        List<Journal.Entry> before = started(seen, lost.task(), lost.attempt());
        List<Journal.Entry> after = started(seen, lost.task(), lost.attempt() + 1);
        if (!before.isEmpty() && !after.isEmpty()) {
          String worker = before.get(0).worker();
          found.add(new Replacement(worker, atOnce, lost.endMicros(), after.get(0).micros()));
        }
      }
    }
    return found;
  }

  private static List<Journal.Entry> started(Seen seen, String task, int number) {
    return seen.attemptsOf(task).stream()
        .filter(attempt -> attempt.attempt() == number)
        .flatMap(attempt -> seen.journalOf(attempt).stream())
        .filter(entry -> entry.kind() == Kind.START)
        .toList();
  }
}
