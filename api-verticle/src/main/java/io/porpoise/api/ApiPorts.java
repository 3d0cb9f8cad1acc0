package io.porpoise.api;

import io.porpoise.bus.Bus;
import io.porpoise.cluster.Registry;
import io.porpoise.store.IdBlocks;
import io.porpoise.store.InstanceIntake;
import io.porpoise.store.InstanceQueries;
import io.porpoise.store.Overviews;
import io.porpoise.store.Projects;
import io.porpoise.store.SlotStore;
import io.porpoise.store.TaskGroups;
import io.porpoise.store.Users;
import io.porpoise.store.WorkflowCatalog;
import io.porpoise.store.Workflows;
import io.porpoise.time.Clock;

/** Everything outside that an API node needs, as its event loop sees it. */
public record ApiPorts(
    Clock clock,
    Bus bus,
    Registry registry,
    Users users,
    Projects projects,
    Workflows workflows,
    InstanceIntake intake,
    InstanceQueries queries,
    IdBlocks ids,
    SlotStore slots,
    TaskGroups groups,
    WorkflowCatalog catalog,
    Overviews overviews) {}
