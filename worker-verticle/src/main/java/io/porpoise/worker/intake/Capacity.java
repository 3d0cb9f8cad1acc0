package io.porpoise.worker.intake;

import io.porpoise.instance.Reason;

/** Whether the worker takes more work. */
public interface Capacity {
  /** Why it takes no more at present, or null when it does. */
  Reason refusing();

  /** An attempt of that owner was refused for this. */
  void refused(String ownerAddress);
}
