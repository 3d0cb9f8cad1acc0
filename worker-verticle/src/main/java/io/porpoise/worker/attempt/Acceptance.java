package io.porpoise.worker.attempt;

import io.porpoise.instance.Reason;

/**
 * Whether an attempt was taken.
 *
 * @param refusal why not, or null
 */
public record Acceptance(Reason refusal) {
  static final Acceptance ACCEPTED = new Acceptance(null);

  public boolean isAccepted() {
    return refusal == null;
  }
}
