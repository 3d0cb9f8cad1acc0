package io.porpoise.conformance.stack;

import io.porpoise.api.group.TaskGroupRoutes;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.instance.InstanceIds;
import io.porpoise.api.instance.InstanceJson;
import io.porpoise.api.instance.InstanceLists;
import io.porpoise.api.instance.InstanceRoutes;
import io.porpoise.api.instance.Reasons;
import io.porpoise.api.instance.StartRoutes;
import io.porpoise.api.instance.TaskRoutes;
import io.porpoise.api.project.ProjectRoutes;
import io.porpoise.api.workflow.Documents;
import io.porpoise.api.workflow.Saves;
import io.porpoise.api.workflow.WorkflowRoutes;
import io.porpoise.cluster.Member;
import io.porpoise.cluster.MemberId;
import io.porpoise.cluster.NodeId;
import io.porpoise.cluster.Role;
import io.porpoise.owner.Looks;
import io.porpoise.owner.SlotOwners;
import io.porpoise.simulation.SimBus;
import io.porpoise.simulation.SimNode;
import io.porpoise.simulation.SimRegistry;
import io.porpoise.simulation.history.Host;
import io.porpoise.simulation.history.Surroundings;
import io.porpoise.simulation.store.SimIdBlocks;
import io.porpoise.simulation.store.SimInstanceIntake;
import io.porpoise.simulation.store.SimInstanceQueries;
import io.porpoise.simulation.store.SimProjects;
import io.porpoise.simulation.store.SimSlotStore;
import io.porpoise.simulation.store.SimTaskGroups;
import io.porpoise.simulation.store.SimWorkflows;
import io.porpoise.store.InstanceIntake;
import io.porpoise.store.InstanceQueries;
import io.porpoise.store.Projects;
import io.porpoise.store.TaskGroups;
import io.porpoise.store.Workflows;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** A host with the real routes of an API node, over simulated stores. */
final class ApiServerHost extends Host {
  private static final Duration OWNER_TIMEOUT = Duration.ofMillis(200);

  private RoutesWithoutHttp routes;
  private SimRegistry registry;

  ApiServerHost(Surroundings around, String name) {
    super(around, name, 0);
  }

  RoutesWithoutHttp routes() {
    return routes;
  }

  @Override
  protected Completable begin(SimNode life, long number) {
    registry = new SimRegistry(life, around.zooKeeper());
    SimBus bus = new SimBus(life, around.network());
    SlotOwners owners =
        new SlotOwners(new SimSlotStore(life, around.database()), registry, bus, life.clock());
    Looks looks = new Looks(bus, owners, life.clock());
    Reasons reasons = new Reasons(bus, owners, OWNER_TIMEOUT);
    InstanceJson json = new InstanceJson(reasons);
    InstanceIntake intake = new SimInstanceIntake(life, around.database());
    InstanceQueries queries = new SimInstanceQueries(life, around.database());
    Projects projects = new SimProjects(life, around.database());
    Workflows workflows = new SimWorkflows(life, around.database());
    TaskGroups groups = new SimTaskGroups(life, around.database());
    Documents documents = new Documents(new SameThread());
    Saves saves = new Saves(workflows, groups, documents, life.clock());
    InstanceLists lists = new InstanceLists(queries, reasons, json);
    InstanceIds ids = new InstanceIds(new SimIdBlocks(life, around.database()));
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.addAll(new ProjectRoutes(projects, life.clock()).endpoints());
    endpoints.addAll(new TaskGroupRoutes(groups).endpoints());
    endpoints.addAll(
        new WorkflowRoutes(projects, workflows, documents, saves, life.clock()).endpoints());
    endpoints.addAll(
        new StartRoutes(workflows, intake, ids, looks, documents, life.clock(), started -> {})
            .endpoints());
    endpoints.addAll(
        new InstanceRoutes(queries, intake, looks, reasons, json, lists, documents).endpoints());
    endpoints.addAll(new TaskRoutes(queries, intake, looks, reasons, json).endpoints());
    routes = new RoutesWithoutHttp(endpoints);
    Member self =
        new Member(
            new MemberId(Role.API, new NodeId(name), number),
            name,
            0,
            "simulated",
            life.clock().now(),
            0,
            List.of(),
            "");
    return registry.join(self).andThen(owners.start());
  }

  @Override
  protected Completable end() {
    return registry.leave();
  }

  @Override
  public long unexpected() {
    return 0; // it decides nothing
  }

  /** The simulation knows no threads. */
  private static final class SameThread implements Documents.Threads {
    @Override
    public <T> Single<T> run(Callable<T> work) {
      return Single.fromCallable(work);
    }
  }
}
