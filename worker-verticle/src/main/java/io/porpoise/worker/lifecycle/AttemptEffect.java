package io.porpoise.worker.lifecycle;

/** What must be done after an attempt's step. */
public sealed interface AttemptEffect {
  /** Start its process. */
  record Start() implements AttemptEffect {}

  /** Kill its process tree and see that nothing is left. */
  record Kill(long graceMillis) implements AttemptEffect {}

  /** Read its outputs from the log. */
  record CollectOutputs() implements AttemptEffect {}

  /** Tell the owner how it stands, until acknowledged. */
  record Report() implements AttemptEffect {}

  /** Nobody needs to hear of it any more; its log stays for a while. */
  record Release() implements AttemptEffect {}
}
