package io.porpoise.definition.document;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys that the readers know, found by letting them read nothing: there is no second list that
 * could differ. For whatever describes documents to people.
 */
public final class KnownKeys {
  private KnownKeys() {}

  /** Of tasks of any type; those of a type are its {@link TaskType#fields()}. */
  public static Set<String> ofTasks() {
    Keys keys = nothing();
    new TaskReader(TaskTypes.standard()).read(keys.owner(), keys);
    Set<String> known = new LinkedHashSet<>(keys.known());
    known.removeAll(TaskTypes.fields().keySet());
    return known;
  }

  /** Of the mapping {@code workflow}. */
  public static Set<String> ofWorkflows() {
    Keys keys = nothing();
    DocumentReader.workflow(keys, List.of(), List.of());
    return new LinkedHashSet<>(keys.known());
  }

  /** Those of {@link #ofWorkflows()} that are kept and given back, without any effect. */
  public static Set<String> withoutEffect() {
    return new LinkedHashSet<>(DocumentReader.KEPT);
  }

  private static Keys nothing() {
    return Value.root(new Node.Mapping(List.of(), 1, 1), new Reading(false)).keys();
  }
}
