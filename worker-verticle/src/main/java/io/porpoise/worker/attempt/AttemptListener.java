package io.porpoise.worker.attempt;

import io.porpoise.instance.TaskInstanceId;
import io.porpoise.worker.spool.Attempt;

/** Who wants to know what becomes of the attempts. */
public interface AttemptListener {
  /** It is durable here. */
  void taken(Attempt attempt);

  /** Its owner should hear how it stands now. */
  void changed(Attempt attempt, boolean hasEnded);

  /** Nothing more happens in it or is appended to its log. */
  void ended(TaskInstanceId id);

  /** It is held no longer. */
  void released(TaskInstanceId id);
}
