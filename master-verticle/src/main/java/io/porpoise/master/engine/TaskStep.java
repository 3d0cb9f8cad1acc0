package io.porpoise.master.engine;

import io.porpoise.instance.TaskInstance;
import java.util.List;

/** The outcome of one event for one attempt. */
public record TaskStep(StepKind kind, TaskInstance task, List<TaskEffect> effects) {
  static TaskStep move(TaskInstance task, TaskEffect... effects) {
    return new TaskStep(StepKind.MOVED, task, List.of(effects));
  }

  static TaskStep ignore(TaskInstance task, TaskEffect... effects) {
    return new TaskStep(StepKind.IGNORED, task, List.of(effects));
  }

  static TaskStep unexpected(TaskInstance task) {
    return new TaskStep(StepKind.UNEXPECTED, task, List.of());
  }
}
