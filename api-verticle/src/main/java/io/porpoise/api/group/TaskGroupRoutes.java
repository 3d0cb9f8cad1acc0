package io.porpoise.api.group;

import io.porpoise.api.http.Answer;
import io.porpoise.api.http.Call;
import io.porpoise.api.http.Endpoint;
import io.porpoise.api.http.Fields;
import io.porpoise.api.http.Problem;
import io.porpoise.api.http.Texts;
import io.porpoise.store.TaskGroups;
import io.porpoise.store.TaskGroups.Group;
import io.porpoise.store.TaskGroups.Standing;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/** The routes of task groups. */
public final class TaskGroupRoutes {
  private static final String BASE = "/api/v1/task-groups";
  private static final int NAME_MAX = 100;
  private static final int SIZE_MAX = 100_000;
  private static final int DESCRIPTION_MAX = 1_000;

  private final TaskGroups groups;

  public TaskGroupRoutes(TaskGroups groups) {
    this.groups = groups;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(BASE, this::list),
        Endpoint.get(BASE + "/{group}", this::get),
        Endpoint.put(BASE + "/{group}", this::put),
        Endpoint.delete(BASE + "/{group}", this::delete));
  }

  private Single<Answer> list(Call call) {
    return groups
        .list()
        .map(
            found -> {
              JsonArray items = new JsonArray();
              found.forEach(group -> items.add(toJson(group)));
              return Answer.json(200, new JsonObject().put("items", items).putNull("next"));
            });
  }

  private Single<Answer> get(Call call) {
    String name = call.path("group");
    return groups.standing(name).map(standing -> Answer.json(200, toJson(found(standing, name))));
  }

  private static Standing found(Standing standing, String name) {
    if (standing.size() < 0) {
      throw Problem.notFound("There is no task group '" + Texts.shown(name) + "'.");
    }
    return standing;
  }

  private Single<Answer> put(Call call) {
    String name = call.path("group");
    if (name.length() > NAME_MAX
        || !name.equals(name.strip())
        || name.chars().anyMatch(Character::isISOControl)) {
      throw Problem.badField(
          "group",
          "must be a name of at most "
              + NAME_MAX
              + " characters, without control characters or spaces around it.");
    }
    Fields fields = call.fields(Set.of("size", "description"));
    if (!fields.has("size")) {
      throw Problem.badField("size", "must say how many tasks may run at a time.");
    }
    int size = (int) fields.number("size", 0, SIZE_MAX, 0);
    return description(fields, name)
        .map(description -> new Group(name, size, description))
        .flatMap(
            group ->
                groups.save(group).map(isNew -> Answer.json(isNew ? 201 : 200, toJson(group))));
  }

  /** One that is not said stays as it is. */
  private Single<String> description(Fields fields, String name) {
    if (fields.has("description")) {
      return Single.just(fields.textOr("description", DESCRIPTION_MAX, ""));
    }
    return groups
        .list()
        .map(
            all ->
                all.stream()
                    .filter(group -> group.name().equals(name))
                    .map(Group::description)
                    .findFirst()
                    .orElse(""));
  }

  private Single<Answer> delete(Call call) {
    String name = call.path("group");
    return groups
        .delete(name)
        .map(
            existed -> {
              if (!existed) {
                throw Problem.notFound("There is no task group '" + Texts.shown(name) + "'.");
              }
              return Answer.empty();
            });
  }

  private static JsonObject toJson(Group group) {
    return new JsonObject()
        .put("name", group.name())
        .put("size", group.size())
        .put("description", group.description());
  }

  private static JsonObject toJson(Standing standing) {
    JsonArray waiting = new JsonArray();
    standing.waiting().forEach(task -> waiting.add(task.toString()));
    return new JsonObject()
        .put("name", standing.group())
        .put("size", standing.size())
        .put("held", standing.held())
        .put("waiting", waiting);
  }
}
