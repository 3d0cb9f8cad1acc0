package io.porpoise.chaos.check;

import io.porpoise.chaos.workload.Journal;
import io.porpoise.chaos.workload.Journal.Kind;
import io.porpoise.chaos.workload.TaskPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A task starts only after every task before it has succeeded. */
final class OrderRules {
  private OrderRules() {}

  /** The broken promises, one sentence each. */
  static List<String> check(Seen seen) {
    List<String> broken = new ArrayList<>();
    Set<String> succeeded = new HashSet<>();
    for (Journal.Entry entry : seen.journal()) {
      if (entry.kind() == Kind.END && entry.detail().equals("0")) {
        succeeded.add(entry.task());
      } else if (entry.kind() == Kind.START) {
        TaskPlan task = seen.start().plan().task(entry.task());
        if (!succeeded.containsAll(task.deps())) {
          broken.add(
              "%s: task %s started before all of %s had succeeded: %s"
                  .formatted(seen, task.name(), task.deps(), entry));
        }
      }
    }
    return broken;
  }
}
