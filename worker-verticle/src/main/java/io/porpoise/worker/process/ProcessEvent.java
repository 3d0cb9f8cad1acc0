package io.porpoise.worker.process;

import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstanceId;
import java.time.Duration;

/** What has become of an attempt's process. */
public sealed interface ProcessEvent {
  TaskInstanceId id();

  /**
   * It runs.
   *
   * @param ago since when
   */
  record Started(TaskInstanceId id, Duration ago) implements ProcessEvent {}

  /**
   * It has ended, and nothing that it left in its process group is alive.
   *
   * @param exitCode 128 + n when signal n ended it
   * @param killed whether a kill had begun before it ended
   * @param took how long it ran
   */
  record Exited(TaskInstanceId id, int exitCode, boolean killed, Duration took)
      implements ProcessEvent {}

  /** It is gone or was never there, nobody saw how; it will not appear any more. */
  record Vanished(TaskInstanceId id, Reason reason) implements ProcessEvent {}
}
