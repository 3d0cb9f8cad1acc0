package io.porpoise.worker;

import io.porpoise.bus.Bus;
import io.porpoise.cluster.Registry;
import io.porpoise.time.Clock;
import io.porpoise.worker.heartbeat.LoadProbe;
import io.porpoise.worker.log.LogFiles;
import io.porpoise.worker.process.Processes;
import io.porpoise.worker.spool.Spool;

/** The outside world, as a worker sees it. */
public record WorkerPorts(
    Clock clock,
    Bus bus,
    Registry registry,
    Spool spool,
    Processes processes,
    LogFiles logs,
    LoadProbe load) {}
