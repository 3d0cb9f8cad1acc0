package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstanceId;
import java.util.List;

/** What became of each dispatch. */
public record DispatchAnswers(List<Answer> answers) implements Message {
  /** The worker's word on one dispatch. */
  public record Answer(TaskInstanceId taskInstance, Outcome outcome, Reason reason) {}

  /** ACCEPTED and REFUSED are final for this task instance id and this worker node. */
  public enum Outcome {
    /**
     * It is durable in the worker's spool and starts, has started, or has ended (a repeated
     * dispatch).
     */
    ACCEPTED,
    /** It will never be started here, not even by a late copy of the dispatch. */
    REFUSED,
    /** The sender no longer owns the slot. */
    STALE_EPOCH
  }
}
