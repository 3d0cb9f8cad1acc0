package io.porpoise.master.engine;

import io.porpoise.definition.Parameter;
import io.porpoise.instance.TaskInstance;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an instance gives to the outside: its global OUT parameters, as its tasks have set them. */
final class RunOutputs {
  private RunOutputs() {}

  /**
   * The value of each global OUT parameter; among several tasks that set it the one that ended last
   * wins.
   */
  static Map<String, String> of(WorkflowRun run) {
    Map<String, String> outputs = new LinkedHashMap<>();
    for (Parameter global : run.definition().definition().params()) {
      if (global.direction() == Parameter.Direction.OUT) {
        TaskInstance last = null;
        for (TaskInstance task : run.tasks()) {
          if (task.state().isSuccess()
              && task.outputs().containsKey(global.prop())
              && (last == null || last.endTime().isBefore(task.endTime()))) {
            last = task;
          }
        }
        if (last != null) {
          outputs.put(global.prop(), last.outputs().get(global.prop()));
        }
      }
    }
    return outputs;
  }
}
