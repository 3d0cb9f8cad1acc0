package io.porpoise.worker.task;

import io.porpoise.instance.Reason;

/** The parameters of a task are such that it can never run. */
public final class UnusableTask extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Reason reason;

  public UnusableTask(Reason reason) {
    super(reason.text(), null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
