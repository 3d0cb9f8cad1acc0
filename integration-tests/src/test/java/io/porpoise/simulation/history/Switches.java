package io.porpoise.simulation.history;

import io.porpoise.definition.LogicTasks;
import io.porpoise.definition.LogicTasks.SwitchBranch;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.WorkflowDefinition;
import io.porpoise.instance.TaskInstance;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which ways a random switch may go: its conditions are about a number that ancestors have made.
 */
final class Switches {
  private static final String NONE = "";

  private Switches() {}

  static Set<String> possible(
      WorkflowDefinition definition, TaskDefinition task, Map<String, TaskInstance> valid) {
    Set<String> ways = new TreeSet<>();
    for (Set<String> level : Truth.ancestorsByDistance(definition, task.name())) {
      for (String name : level) {
        TaskInstance ancestor = valid.get(name);
        if (ancestor != null && ancestor.outputs().containsKey(RandomWorkflows.NUMBER)) {
          ways.add(way(task, Long.parseLong(ancestor.outputs().get(RandomWorkflows.NUMBER))));
        }
      }
      if (!ways.isEmpty()) {
        break;
      }
    }
    if (ways.isEmpty()) {
      ways.add(way(task, 0)); // as a global says, of the workflow or of a parent
    }
    return ways;
  }

  private static String way(TaskDefinition task, long number) {
    List<SwitchBranch> branches = LogicTasks.switchBranches(task);
    for (int i = 0; i < branches.size(); i++) {
      if (branches.get(i).condition() == null || number % 3 == i) {
        return branches.get(i).task();
      }
    }
    return NONE;
  }
}
