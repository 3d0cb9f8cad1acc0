package io.porpoise.master;

import io.porpoise.bus.Bus;
import io.porpoise.cluster.Reachability;
import io.porpoise.cluster.Registry;
import io.porpoise.store.IdBlocks;
import io.porpoise.store.InstanceIntake;
import io.porpoise.store.Journal;
import io.porpoise.store.Retention;
import io.porpoise.store.RunStore;
import io.porpoise.store.SerialQueue;
import io.porpoise.store.SlotStore;
import io.porpoise.store.TaskGroups;
import io.porpoise.time.Clock;

/**
 * Everything outside that a master needs: real adapters in production, models in the simulation.
 */
public record MasterPorts(
    Clock clock,
    Bus bus,
    Registry registry,
    Reachability reachability,
    SlotStore slots,
    RunStore runs,
    Journal journal,
    IdBlocks ids,
    InstanceIntake intake,
    SerialQueue queues,
    TaskGroups groups,
    Retention retention) {}
