package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import java.util.List;

/**
 * To a worker's intake: run these. Idempotent by task instance id. Answered by {@link
 * DispatchAnswers}.
 */
public record DispatchBatch(String ownerAddress, List<Dispatch> dispatches) implements Message {}
