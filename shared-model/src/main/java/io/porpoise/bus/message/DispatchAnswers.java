package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.instance.Reason;
import io.porpoise.instance.TaskInstanceId;
import java.util.List;

/**
 * What became of each dispatch.
 *
 * @param lapses how often the worker's lease has lapsed by now
 */
public record DispatchAnswers(List<Answer> answers, long lapses) implements Message {
  /** The worker's word on one dispatch. */
  public record Answer(TaskInstanceId taskInstance, int number, Outcome outcome, Reason reason) {}

  /** ACCEPTED is final for the task instance id, REFUSED for the number and all before it. */
  public enum Outcome {
    /**
     * It is durable in the worker's spool and starts, has started, or has ended (a repeated
     * dispatch).
     */
    ACCEPTED,
    /**
     * It will not be started here, not even by a late copy; only a dispatch with a larger number
     * may.
     */
    REFUSED,
    /** The sender no longer owns the slot. */
    STALE_EPOCH
  }
}
