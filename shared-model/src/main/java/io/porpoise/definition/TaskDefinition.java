package io.porpoise.definition;

import io.porpoise.instance.Priority;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One node of a workflow (SEMANTICS.md, section 4). Nulls mean "not said": the workflow's or the
 * server's default holds.
 *
 * @param taskType upper case, e.g. SHELL, SUB_WORKFLOW, CONDITIONS, SWITCH, DEPENDENT
 * @param forbidden {@code flag: NO}: never runs, successors see it as passed
 * @param cpuQuota percent of one core, -1 none
 * @param memoryMaxMegabytes -1 none
 * @param params local parameters, IN and OUT
 * @param taskParams what the task type itself asks for, e.g. {@code command} of a shell task
 */
public record TaskDefinition(
    String name,
    String description,
    String taskType,
    boolean forbidden,
    Priority priority,
    String workerGroup,
    String environment,
    String tenant,
    int failRetryTimes,
    Duration failRetryInterval,
    Duration timeout,
    TimeoutStrategy timeoutStrategy,
    Duration delayTime,
    String taskGroup,
    int taskGroupPriority,
    List<String> resources,
    boolean cached,
    int cpuQuota,
    int memoryMaxMegabytes,
    OnWorkerLoss onWorkerLoss,
    boolean stream,
    List<Parameter> params,
    Map<String, Object> taskParams) {
  public TaskDefinition {
    resources = List.copyOf(resources);
    params = List.copyOf(params);
    taskParams = Collections.unmodifiableMap(new LinkedHashMap<>(taskParams));
  }

  /** A task of a type with all attributes at their defaults. */
  public static TaskDefinition of(String name, String taskType, Map<String, Object> taskParams) {
    return new TaskDefinition(
        name,
        "",
        taskType,
        false,
        Priority.MEDIUM,
        null,
        null,
        null,
        0,
        Duration.ofMinutes(1),
        null,
        TimeoutStrategy.WARN,
        Duration.ZERO,
        null,
        0,
        List.of(),
        false,
        -1,
        -1,
        OnWorkerLoss.FENCED,
        false,
        List.of(),
        taskParams);
  }

  public static TaskDefinition shell(String name, String command) {
    return of(name, "SHELL", Map.of("command", command));
  }

  public TaskDefinition withRetries(int times, Duration interval) {
    return new TaskDefinition(
        name,
        description,
        taskType,
        forbidden,
        priority,
        workerGroup,
        environment,
        tenant,
        times,
        interval,
        timeout,
        timeoutStrategy,
        delayTime,
        taskGroup,
        taskGroupPriority,
        resources,
        cached,
        cpuQuota,
        memoryMaxMegabytes,
        onWorkerLoss,
        stream,
        params,
        taskParams);
  }

  public TaskDefinition withParams(List<Parameter> newParams) {
    return new TaskDefinition(
        name,
        description,
        taskType,
        forbidden,
        priority,
        workerGroup,
        environment,
        tenant,
        failRetryTimes,
        failRetryInterval,
        timeout,
        timeoutStrategy,
        delayTime,
        taskGroup,
        taskGroupPriority,
        resources,
        cached,
        cpuQuota,
        memoryMaxMegabytes,
        onWorkerLoss,
        stream,
        newParams,
        taskParams);
  }

  /** The names of the OUT parameters: only these leave the task. */
  public List<String> outputNames() {
    return params.stream()
        .filter(p -> p.direction() == Parameter.Direction.OUT)
        .map(Parameter::prop)
        .toList();
  }
}
