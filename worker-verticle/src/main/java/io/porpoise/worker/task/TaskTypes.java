package io.porpoise.worker.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The task types that a worker knows. */
public final class TaskTypes {
  private final Map<String, TaskType> types = new TreeMap<>();

  public TaskTypes(List<TaskType> types) {
    types.forEach(type -> this.types.put(type.name(), type));
  }

  public Optional<TaskType> find(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /** For people: what may be asked for. */
  public String names() {
    return String.join(", ", types.keySet());
  }
}
