package io.porpoise.simulation.store;

import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.simulation.SimNode;
import io.porpoise.store.InstanceQueries;
import io.porpoise.store.Workflows.Workflow;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What API nodes read. */
public final class SimInstanceQueries implements InstanceQueries {
  private static final Comparator<WorkflowInstance> NEWEST_FIRST =
      Comparator.comparing(WorkflowInstance::createdAt)
          .thenComparing(WorkflowInstance::id)
          .reversed();

  private final SimNode node;
  private final SimDatabase database;

  public SimInstanceQueries(SimNode node, SimDatabase database) {
    this.node = node;
    this.database = database;
  }

  @Override
  public Single<List<InstanceView>> list(Filter filter) {
    return database.call(
        node,
        () ->
            database.instances.values().stream()
                .sorted(NEWEST_FIRST)
                .map(this::view)
                .filter(view -> matches(view, filter))
                .limit(filter.limit())
                .toList());
  }

  @Override
  public Maybe<InstanceView> find(WorkflowInstanceId id) {
    return database
        .call(node, () -> Optional.ofNullable(database.instances.get(id)).map(this::view))
        .mapOptional(view -> view);
  }

  @Override
  public Single<List<InstanceView>> find(Collection<WorkflowInstanceId> ids) {
    return database.call(
        node,
        () ->
            ids.stream()
                .map(database.instances::get)
                .filter(Objects::nonNull)
                .map(this::view)
                .toList());
  }

  @Override
  public Single<List<TaskInstance>> tasks(WorkflowInstanceId id, boolean allAttempts) {
    return database.call(
        node,
        () -> database.tasks(id).stream().filter(task -> allAttempts || task.valid()).toList());
  }

  @Override
  public Maybe<TaskInstance> task(TaskInstanceId id) {
    return database
        .call(
            node,
            () ->
                database.tasks.values().stream()
                    .map(ofInstance -> ofInstance.get(id))
                    .filter(Objects::nonNull)
                    .findFirst())
        .mapOptional(task -> task);
  }

  @Override
  public Single<List<HistoryRow>> history(WorkflowInstanceId id, long after, int limit) {
    return database.call(
        node,
        () ->
            database.history.getOrDefault(id, List.of()).stream()
                .filter(row -> row.number() > after)
                .limit(limit)
                .toList());
  }

  private InstanceView view(WorkflowInstance instance) {
    Workflow workflow = database.workflows.get(instance.workflowId());
    return new InstanceView(
        instance,
        workflow == null ? "" : workflow.project(),
        workflow == null ? "" : workflow.name(),
        database.slots.get(instance.slot()).owner());
  }

  private static boolean matches(InstanceView view, Filter filter) {
    WorkflowInstance instance = view.instance();
    return (filter.project() == null || filter.project().equals(view.project()))
        && (filter.workflow() == null || filter.workflow().equals(view.workflow()))
        && (filter.state() == null || filter.state() == instance.state())
        && (filter.from() == null || !instance.createdAt().isBefore(filter.from()))
        && (filter.to() == null || instance.createdAt().isBefore(filter.to()))
        && (filter.before() == null || isBefore(instance, filter.before()));
  }

  private static boolean isBefore(WorkflowInstance instance, Position position) {
    int byTime = instance.createdAt().compareTo(position.createdAt());
    return byTime != 0 ? byTime < 0 : instance.id().compareTo(position.id()) < 0;
  }
}
