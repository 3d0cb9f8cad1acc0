package io.porpoise.instance;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a start may say beyond the definition. Nulls mean "as the definition says".
 *
 * @param params start parameters; they win over all others
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
    Instant scheduleTime) {
  public static final StartOptions NONE =
      new StartOptions(
          Map.of(), List.of(), NodeScope.TASK_POST, null, null, null, null, false, null);

  public StartOptions {
    params =
        java.util.Collections.unmodifiableMap(
            new java.util.LinkedHashMap<>(params == null ? Map.of() : params));
    startNodes = startNodes == null ? List.of() : List.copyOf(startNodes);
    nodeScope = nodeScope == null ? NodeScope.TASK_POST : nodeScope;
  }

  public static StartOptions withParams(Map<String, String> params) {
    return new StartOptions(
        params, List.of(), NodeScope.TASK_POST, null, null, null, null, false, null);
  }
}
