package io.porpoise.worker.lifecycle;

import io.porpoise.instance.Reason;
import java.util.Map;

/** What can happen to an attempt. */
public sealed interface AttemptEvent {
  /** Its directory is made: it is durable, and starts exactly once. */
  record Created() implements AttemptEvent {}

  /** It was known to the spool already: it has been started, and perhaps forgotten, before. */
  record Existed() implements AttemptEvent {}

  /** Its directory could not be made: it will not be started on the word of this dispatch. */
  record NotCreated(Reason reason) implements AttemptEvent {}

  /** Its process runs. */
  record Started() implements AttemptEvent {}

  /** Its process could not be started, and never will be. */
  record NotStarted(Reason reason) implements AttemptEvent {}

  /**
   * Its process has ended, and so has everything that it left behind.
   *
   * @param exitCode 128 + n when signal n ended it
   * @param killed whether a kill had begun before
   */
  record Exited(int exitCode, boolean killed) implements AttemptEvent {}

  /** Its process is gone, and nobody saw how it ended. */
  record Vanished(Reason reason) implements AttemptEvent {}

  /** The owner wants it to end. */
  record KillRequested(long graceMillis) implements AttemptEvent {}

  /** The owner may by now believe that this worker is dead. */
  record LeaseEnded() implements AttemptEvent {}

  /** The owner knows it to be none of its attempts. */
  record Unwanted() implements AttemptEvent {}

  /** What it printed as outputs. */
  record OutputsCollected(Map<String, String> outputs) implements AttemptEvent {}

  /** Its outputs break a limit, or its log could not be read. */
  record OutputsFailed(Reason reason) implements AttemptEvent {}

  /** The owner has made its end durable. */
  record Acknowledged() implements AttemptEvent {}
}
