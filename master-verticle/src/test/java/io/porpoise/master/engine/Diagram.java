package io.porpoise.master.engine;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Moves between states, drawn in the notation of Mermaid; moves of one way are one arrow. */
final class Diagram {
  private record Arrow(String from, String to) {}

  private final Map<Arrow, Set<String>> causes = new LinkedHashMap<>();

  Diagram add(String from, String cause, String to) {
    if (!from.equals(to)) {
      causes.computeIfAbsent(new Arrow(from, to), arrow -> new LinkedHashSet<>()).add(cause);
    }
    return this;
  }

  String print() {
    StringBuilder text = new StringBuilder("```mermaid\nstateDiagram-v2\n");
    Set<String> names = new LinkedHashSet<>();
    for (Arrow arrow : causes.keySet()) {
      names.add(arrow.from());
      names.add(arrow.to());
    }
    names.stream()
        .filter(name -> !id(name).equals(name))
        .forEach(name -> text.append("  state \"").append(name).append("\" as " + id(name) + "\n"));
    causes.forEach(
        (arrow, why) ->
            text.append("  ")
                .append(id(arrow.from()))
                .append(" --> ")
                .append(id(arrow.to()))
                .append(" : ")
                .append(String.join(", ", why))
                .append('\n'));
    return text.append("```\n").toString();
  }

  private static String id(String name) {
    return name.replaceAll("\\W+", "_");
  }
}
