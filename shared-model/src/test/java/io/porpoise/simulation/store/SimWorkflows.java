package io.porpoise.simulation.store;

import io.porpoise.definition.ReleaseState;
import io.porpoise.instance.ExecutionType;
import io.porpoise.simulation.SimNode;
import io.porpoise.store.Workflows;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Definitions and their versions. */
public final class SimWorkflows implements Workflows {
  private final SimNode node;
  private final SimDatabase database;

  public SimWorkflows(SimNode node, SimDatabase database) {
    this.node = node;
    this.database = database;
  }

  @Override
  public Single<Saved> save(
      long projectId,
      String name,
      String description,
      String document,
      List<String> taskNames,
      ReleaseState releaseState,
      ExecutionType executionType,
      String createdBy,
      Instant now) {
    return database.call(
        node,
        () -> {
          Workflow former = find(projectId, name).orElse(null);
          Saved saved =
              former == null
                  ? create(
                      projectId,
                      name,
                      description,
                      document,
                      releaseState,
                      executionType,
                      createdBy,
                      now)
                  : update(
                      former, description, document, releaseState, executionType, createdBy, now);
          Map<String, Long> codes =
              database.taskCodes.computeIfAbsent(saved.workflow().id(), w -> new LinkedHashMap<>());
          taskNames.forEach(task -> codes.computeIfAbsent(task, t -> database.nextNumber()));
          return saved;
        });
  }

  private Saved create(
      long projectId,
      String name,
      String description,
      String document,
      ReleaseState releaseState,
      ExecutionType executionType,
      String createdBy,
      Instant now) {
    Workflow workflow =
        new Workflow(
            database.nextNumber(),
            projectId,
            database.projects.get(projectId).name(),
            name,
            1,
            releaseState,
            executionType,
            description,
            now,
            now);
    database.workflows.put(workflow.id(), workflow);
    List<Version> versions = new ArrayList<>();
    versions.add(new Version(workflow.id(), 1, document, createdBy, now));
    database.versions.put(workflow.id(), versions);
    return new Saved(workflow, Saved.Change.CREATED);
  }

  private Saved update(
      Workflow former,
      String description,
      String document,
      ReleaseState releaseState,
      ExecutionType executionType,
      String createdBy,
      Instant now) {
    List<Version> versions = database.versions.get(former.id());
    boolean isSame = versions.get(versions.size() - 1).document().equals(document);
    int version = isSame ? former.version() : former.version() + 1;
    if (!isSame) {
      versions.add(new Version(former.id(), version, document, createdBy, now));
    }
    boolean isTouched = !isSame || former.releaseState() != releaseState;
    Workflow workflow =
        new Workflow(
            former.id(),
            former.projectId(),
            former.project(),
            former.name(),
            version,
            releaseState,
            executionType,
            isSame ? former.description() : description,
            former.createdAt(),
            isTouched ? now : former.updatedAt());
    database.workflows.put(workflow.id(), workflow);
    return new Saved(workflow, isSame ? Saved.Change.UNCHANGED : Saved.Change.NEW_VERSION);
  }

  @Override
  public Maybe<Workflow> find(String project, String name) {
    return database
        .call(
            node,
            () ->
                database.workflows.values().stream()
                    .filter(w -> w.project().equals(project) && w.name().equals(name))
                    .findFirst())
        .mapOptional(workflow -> workflow);
  }

  @Override
  public Maybe<Version> version(long workflowId, int version) {
    return database
        .call(
            node,
            () ->
                database.versions.getOrDefault(workflowId, List.of()).stream()
                    .filter(saved -> saved.version() == version)
                    .findFirst())
        .mapOptional(saved -> saved);
  }

  @Override
  public Single<Boolean> release(long workflowId, ReleaseState state, Instant now) {
    return database.call(
        node,
        () -> {
          Workflow former = database.workflows.get(workflowId);
          if (former == null || former.releaseState() == state) {
            return false;
          }
          database.workflows.put(
              workflowId,
              new Workflow(
                  former.id(),
                  former.projectId(),
                  former.project(),
                  former.name(),
                  former.version(),
                  state,
                  former.executionType(),
                  former.description(),
                  former.createdAt(),
                  now));
          return true;
        });
  }

  private Optional<Workflow> find(long projectId, String name) {
    return database.workflows.values().stream()
        .filter(w -> w.projectId() == projectId && w.name().equals(name))
        .findFirst();
  }
}
