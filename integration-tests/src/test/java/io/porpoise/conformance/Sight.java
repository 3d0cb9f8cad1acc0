package io.porpoise.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.conformance.form.Condition;
import io.porpoise.conformance.form.Subject;
import io.porpoise.conformance.stack.Stack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one sees of instances at one look; nothing is asked for twice. */
final class Sight {
  private final Stack stack;
  private final List<String> started;
  private final Map<String, JsonNode> seen = new HashMap<>();

  /**
   * @param started ids of the instances that the case has started
   */
  Sight(Stack stack, List<String> started) {
    this.stack = stack;
    this.started = started;
  }

  /** An instance or a task instance as the interface tells it; empty: there is none. */
  Optional<JsonNode> find(Subject subject) {
    Optional<JsonNode> instance = instance(subject);
    return subject.task() == null ? instance : instance.flatMap(i -> task(i, subject.task()));
  }

  boolean holds(Condition condition) {
    return find(condition.subject()).filter(found -> holds(condition, found)).isPresent();
  }

  private static boolean holds(Condition condition, JsonNode found) {
    return (condition.state() == null || condition.state().equals(found.get("state").asText()))
        && (condition.reason() == null
            || condition.reason().equals(found.at("/reason/code").asText()))
        && (condition.attempt() == 0 || condition.attempt() == found.path("attempt").asInt());
  }

  JsonNode instance(String id) {
    return seen.computeIfAbsent(
        id, key -> stack.call("GET", "workflow-instances/" + id, null).json());
  }

  private Optional<JsonNode> instance(Subject subject) {
    if (subject.instance() > started.size()) {
      return Optional.empty();
    }
    JsonNode instance = instance(started.get(subject.instance() - 1));
    for (String task : subject.descent()) {
      JsonNode child = task(instance, task).map(found -> found.get("child")).orElse(null);
      if (child == null || child.isNull()) {
        return Optional.empty();
      }
      instance = instance(child.asText());
    }
    return Optional.of(instance);
  }

  private static Optional<JsonNode> task(JsonNode instance, String name) {
    for (JsonNode task : instance.get("tasks")) {
      if (task.get("name").asText().equals(name)) {
        return Optional.of(task);
      }
    }
    return Optional.empty();
  }
}
