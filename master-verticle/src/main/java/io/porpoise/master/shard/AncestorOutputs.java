package io.porpoise.master.shard;

import io.porpoise.instance.TaskInstance;
import io.porpoise.master.engine.WorkflowRun;
import io.porpoise.master.engine.graph.Ancestors;
import io.porpoise.parameter.Upstream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The outputs that one task sees: of its ancestors the nearest wins, among equally near ones the
 * one that ended first. Looks no farther up than the names that are asked for need, and nowhere
 * twice.
 */
final class AncestorOutputs implements Upstream {
  private final WorkflowRun run;
  private final int node;
  private final Map<String, String> found = new HashMap<>();
  private Ancestors ancestors;

  AncestorOutputs(WorkflowRun run, int node) {
    this.run = run;
    this.node = node;
  }

  @Override
  public String find(String name) {
    if (!run.graph().mayGive(name)) {
      return null;
    }
    if (ancestors == null) {
      ancestors = run.graph().ancestors(node);
    }
    while (!found.containsKey(name)) {
      List<Integer> level = ancestors.next();
      if (level.isEmpty()) {
        return null;
      }
      level.stream()
          .map(run::current)
          .filter(Objects::nonNull)
          .filter(task -> task.state().isSuccess() && !task.outputs().isEmpty())
          .sorted(Comparator.comparing(TaskInstance::endTime))
          .forEach(task -> task.outputs().forEach(found::putIfAbsent));
    }
    return found.get(name);
  }
}
