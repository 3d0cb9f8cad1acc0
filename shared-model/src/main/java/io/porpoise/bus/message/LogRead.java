package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.instance.TaskInstanceId;

/**
 * To a worker's log address: bytes of an attempt's log from an offset, at most {@code maxBytes}.
 * When there are none yet the answer waits for some, for the end of the attempt, or for {@code
 * waitMillis}. Answered by {@link LogChunk}. A reader pulls, so back-pressure and resumption need
 * no state at the worker.
 */
public record LogRead(TaskInstanceId taskInstance, long offset, int maxBytes, long waitMillis)
    implements Message {}
