package io.porpoise.simulation.store;

import io.porpoise.simulation.SimNode;
import io.porpoise.store.Projects;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Projects. */
public final class SimProjects implements Projects {
  private final SimNode node;
  private final SimDatabase database;

  public SimProjects(SimNode node, SimDatabase database) {
    this.node = node;
    this.database = database;
  }

  @Override
  public Maybe<Project> create(String name, String description, String createdBy, Instant now) {
    return database
        .call(
            node,
            () -> {
              if (find(name).isPresent()) {
                return Optional.<Project>empty();
              }
              Project project =
                  new Project(database.nextNumber(), name, description, createdBy, now);
              database.projects.put(project.id(), project);
              return Optional.of(project);
            })
        .mapOptional(project -> project);
  }

  @Override
  public Maybe<Project> byName(String name) {
    return database.call(node, () -> find(name)).mapOptional(project -> project);
  }

  @Override
  public Single<List<Project>> list(long before, int limit) {
    return database.call(
        node,
        () ->
            database.projects.descendingMap().values().stream()
                .filter(project -> before == 0 || project.id() < before)
                .limit(limit)
                .toList());
  }

  private Optional<Project> find(String name) {
    return database.projects.values().stream()
        .filter(project -> project.name().equals(name))
        .findFirst();
  }
}
