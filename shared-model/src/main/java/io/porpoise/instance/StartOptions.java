package io.porpoise.instance;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a start may say beyond the definition. Nulls mean "as the definition says".
 *
 * @param params start parameters; they win over all others
 * @param inherited of a child instance: the global parameters of its ancestors, resolved; its own
 *     globals win over them
 */
public record StartOptions(
    Map<String, String> params,
    List<String> startNodes,
    NodeScope nodeScope,
    FailureStrategy failureStrategy,
    Priority priority,
    String workerGroup,
    String environment,
    boolean dryRun,
    Instant scheduleTime,
    Map<String, String> inherited) {
  public static final StartOptions NONE =
      new StartOptions(
          Map.of(), List.of(), NodeScope.TASK_POST, null, null, null, null, false, null, Map.of());

  public StartOptions {
    params = ordered(params);
    inherited = ordered(inherited);
    startNodes = startNodes == null ? List.of() : List.copyOf(startNodes);
    nodeScope = nodeScope == null ? NodeScope.TASK_POST : nodeScope;
  }

  public static StartOptions withParams(Map<String, String> params) {
    return new StartOptions(
        params, List.of(), NodeScope.TASK_POST, null, null, null, null, false, null, Map.of());
  }

  private static Map<String, String> ordered(Map<String, String> values) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(values == null ? Map.of() : values));
  }
}
