package io.porpoise.master.engine;

import io.porpoise.definition.Parameter;
import io.porpoise.instance.TaskInstance;
import io.porpoise.parameter.Parameters;
import io.porpoise.parameter.StoredBytes;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an instance gives to the outside: its global OUT parameters, as its tasks have set them. */
final class RunOutputs {
  /** All of them together: they are parameters of whoever started the instance. */
  static final int BYTES_MAX = Parameters.TOGETHER_BYTES_MAX;

  private RunOutputs() {}

  /** None when they are too large. */
  static Map<String, String> of(WorkflowRun run) {
    return areTooLarge(run) ? Map.of() : all(run);
  }

  static boolean areTooLarge(WorkflowRun run) {
    return StoredBytes.of(all(run)) > BYTES_MAX;
  }

  /**
   * The value of each global OUT parameter; among several tasks that set it the one that ended last
   * wins.
   */
  private static Map<String, String> all(WorkflowRun run) {
    List<String> names =
        run.definition().definition().params().stream()
            .filter(global -> global.direction() == Parameter.Direction.OUT)
            .map(Parameter::prop)
            .toList();
    if (names.isEmpty()) {
      return Map.of();
    }
    Map<String, String> set = new LinkedHashMap<>();
    run.tasks().stream()
        .filter(task -> task.state().isSuccess() && !task.outputs().isEmpty())
        .sorted(Comparator.comparing(TaskInstance::endTime).reversed())
        .forEach(task -> task.outputs().forEach(set::putIfAbsent));
    Map<String, String> outputs = new LinkedHashMap<>();
    names.stream().filter(set::containsKey).forEach(name -> outputs.put(name, set.get(name)));
    return outputs;
  }
}
