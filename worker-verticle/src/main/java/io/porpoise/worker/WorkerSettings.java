package io.porpoise.worker;

import io.porpoise.node.config.WorkerConfig.StopMode;
import io.porpoise.worker.heartbeat.Limits;
import java.time.Duration;

/**
 * What a worker goes by.
 *
 * @param session the registry's session time-out (Ts in DESIGN.md, section 9)
 * @param refusalMemory how long a refusal is remembered; longer than any message may be late
 * @param spoolTtl how long logs are kept after the end
 * @param stopWait for {@link StopMode#WAIT}: how long
 * @param killGrace for {@link StopMode#KILL}: between TERM and KILL
 */
public record WorkerSettings(
    Limits limits,
    Duration session,
    Duration refusalMemory,
    Duration spoolTtl,
    StopMode stopMode,
    Duration stopWait,
    Duration killGrace) {}
