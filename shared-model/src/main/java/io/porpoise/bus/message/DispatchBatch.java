package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import java.util.List;

/**
 * To a worker's intake: run these. Idempotent by task instance id. Answered by {@link
 * DispatchAnswers}.
 *
 * @param lapses how often the worker's lease had lapsed when the sender last heard from it; if it
 *     has lapsed once more since, the sender may have given these attempts up, and they are refused
 */
public record DispatchBatch(String ownerAddress, long lapses, List<Dispatch> dispatches)
    implements Message {}
