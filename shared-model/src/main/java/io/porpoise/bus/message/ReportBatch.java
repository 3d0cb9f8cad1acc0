package io.porpoise.bus.message;

import io.porpoise.bus.Message;
import io.porpoise.cluster.MemberId;
import java.util.List;

/**
 * From a worker to the owner of the attempts' slots. Answered by {@link ReportAnswers} once what
 * they changed is durable.
 */
public record ReportBatch(MemberId worker, List<AttemptReport> reports) implements Message {}
