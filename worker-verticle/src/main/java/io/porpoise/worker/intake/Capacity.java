package io.porpoise.worker.intake;

import io.porpoise.instance.Reason;

/** Whether the worker takes more work. */
@FunctionalInterface
public interface Capacity {
  /** Why it takes no more at present, or null when it does. */
  Reason refusing();
}
