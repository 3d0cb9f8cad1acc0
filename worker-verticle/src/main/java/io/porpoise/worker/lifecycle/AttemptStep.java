package io.porpoise.worker.lifecycle;

import java.util.List;

/** The outcome of one event for one attempt. */
public record AttemptStep(StepKind kind, AttemptLife life, List<AttemptEffect> effects) {
  static AttemptStep move(AttemptLife life, AttemptEffect... effects) {
    return new AttemptStep(StepKind.MOVED, life, List.of(effects));
  }

  static AttemptStep ignore(AttemptLife life) {
    return new AttemptStep(StepKind.IGNORED, life, List.of());
  }

  static AttemptStep unexpected(AttemptLife life) {
    return new AttemptStep(StepKind.UNEXPECTED, life, List.of());
  }
}
