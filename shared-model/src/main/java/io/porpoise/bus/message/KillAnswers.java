package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.instance.TaskInstanceId;
import java.util.List;

/**
 * The worker's word on kills.
 *
 * @param killing present here; a report of its end follows (or is already on its way)
 * @param neverStarted not known here, and from now on refused: it will never start at this worker
 * @param staleEpoch the sender no longer owns the slot
 */
public record KillAnswers(
    List<TaskInstanceId> killing,
    List<TaskInstanceId> neverStarted,
    List<TaskInstanceId> staleEpoch)
    implements Message {}
