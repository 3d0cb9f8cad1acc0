package io.porpoise.parameter;

import java.util.List;
import java.util.Map;

/**
 * The outputs that a task can see: those of its ancestors in the DAG, the nearest winning, among
 * equally near ones the one that finished first. Asked only for names that no stronger parameter
 * has, so an implementation may search on demand.
 */
@FunctionalInterface
public interface Upstream {
  Upstream NONE = name -> null;

  /** The value of an output, or null. */
  String find(String name);

  /**
   * @param nearestFirst outputs per ancestor, in the order in which they win
   */
  static Upstream of(List<Map<String, String>> nearestFirst) {
    return name -> {
      for (Map<String, String> outputs : nearestFirst) {
        String value = outputs.get(name);
        if (value != null) {
          return value;
        }
      }
      return null;
    };
  }
}
