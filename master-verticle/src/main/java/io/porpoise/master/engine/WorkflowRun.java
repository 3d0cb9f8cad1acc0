package io.porpoise.master.engine;

import io.porpoise.instance.Priority;
import io.porpoise.instance.StartOptions;
import io.porpoise.instance.TaskInstance;
import io.porpoise.instance.TaskInstanceId;
import io.porpoise.instance.TaskState;
import io.porpoise.instance.WorkflowInstance;
import io.porpoise.instance.WorkflowInstanceId;
import io.porpoise.master.engine.graph.ExecutionGraph;
import io.porpoise.master.engine.graph.Readiness;
import io.porpoise.store.RunStore.VersionedDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * One unfinished workflow instance in memory: plain data, owned by one mailbox and changed only by
 * {@link WorkflowLifecycle}. It can be rebuilt from its rows at any time.
 */
public final class WorkflowRun {
  private final VersionedDefinition definition;
  private final ExecutionGraph graph;
  private final Readiness readiness;
  private final TaskInstance[] current;
  private final Map<TaskInstanceId, Integer> nodes = new HashMap<>();
  private WorkflowInstance instance;
  private int open;

  private WorkflowRun(
      VersionedDefinition definition, ExecutionGraph graph, WorkflowInstance instance) {
    this.definition = definition;
    this.graph = graph;
    this.instance = instance;
    current = new TaskInstance[graph.size()];
    StartOptions options = instance.options();
    readiness = new Readiness(graph, startNodes(graph, options), options.nodeScope());
  }

  /** Rebuilds a run from its rows; what they do not tell follows from the definition. */
  public static WorkflowRun restore(
      VersionedDefinition definition,
      ExecutionGraph graph,
      WorkflowInstance instance,
      List<TaskInstance> validTasks) {
    WorkflowRun run = new WorkflowRun(definition, graph, instance);
    for (TaskInstance task : validTasks) {
      run.put(graph.indexOf(task.name()), task);
    }
    if (!validTasks.isEmpty()) {
      IntConsumer started = node -> {}; // whatever was ready has its row already
      run.readiness.begin(started);
      for (int node = 0; node < run.current.length; node++) {
        if (run.current[node] != null && !isOpen(run.current[node])) {
          run.readiness.decide(node, verdict(run.current[node]), started);
        }
      }
    }
    return run;
  }

  private static List<Integer> startNodes(ExecutionGraph graph, StartOptions options) {
    List<Integer> nodes = new ArrayList<>();
    for (String name : options.startNodes()) {
      nodes.add(graph.indexOf(name));
    }
    return nodes;
  }

  public WorkflowInstance instance() {
    return instance;
  }

  public WorkflowInstanceId id() {
    return instance.id();
  }

  public VersionedDefinition definition() {
    return definition;
  }

  public ExecutionGraph graph() {
    return graph;
  }

  public Priority priority() {
    Priority chosen = instance.options().priority();
    return chosen != null ? chosen : definition.definition().priority();
  }

  /** The valid attempt of a node, or null. */
  public TaskInstance current(int node) {
    return current[node];
  }

  /**
   * The node whose valid attempt this is, or -1: another attempt has taken its place, or it never
   * was one.
   */
  public int nodeOf(TaskInstanceId task) {
    return nodes.getOrDefault(task, -1);
  }

  /** The valid attempt with this id, or null. */
  public TaskInstance task(TaskInstanceId id) {
    int node = nodeOf(id);
    return node < 0 ? null : current[node];
  }

  /** The valid attempts, in the order of the definition. */
  public List<TaskInstance> tasks() {
    List<TaskInstance> tasks = new ArrayList<>();
    for (TaskInstance task : current) {
      if (task != null) {
        tasks.add(task);
      }
    }
    return tasks;
  }

  boolean hasOpenTasks() {
    return open > 0;
  }

  Readiness readiness() {
    return readiness;
  }

  void instance(WorkflowInstance next) {
    instance = next;
  }

  /** Sets the valid attempt of a node, in place of the former one. */
  void put(int node, TaskInstance task) {
    TaskInstance former = current[node];
    if (former != null) {
      open -= isOpen(former) ? 1 : 0;
      nodes.remove(former.id());
    }
    current[node] = task;
    nodes.put(task.id(), node);
    open += isOpen(task) ? 1 : 0;
  }

  /** Whether something more will happen to it: it has not ended, or waits for its retry. */
  static boolean isOpen(TaskInstance task) {
    return !task.state().isTerminal() || task.isRetryWaiting();
  }

  /** What the end of an attempt means to the edges that leave its task. */
  static Readiness.Verdict verdict(TaskInstance ended) {
    return ended.state().isSuccess() ? Readiness.Verdict.PASSED : Readiness.Verdict.FAILED;
  }

  boolean hasFinal(TaskState state) {
    for (TaskInstance task : current) {
      if (task != null && task.state() == state && !isOpen(task)) {
        return true;
      }
    }
    return false;
  }
}
