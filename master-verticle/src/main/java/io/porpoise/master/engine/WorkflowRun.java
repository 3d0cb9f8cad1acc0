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
import io.porpoise.store.StoredRun;
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
  private final TaskInstance[] current;
  private final int[] formerAttempts;
  private final Map<TaskInstanceId, Integer> nodes = new HashMap<>();
  private Readiness readiness;
  private WorkflowInstance instance;
  private int open;

  /** How many valid attempts have ended otherwise than well. */
  private int bad;

  private WorkflowRun(
      VersionedDefinition definition, ExecutionGraph graph, WorkflowInstance instance) {
    this.definition = definition;
    this.graph = graph;
    this.instance = instance;
    current = new TaskInstance[graph.size()];
    formerAttempts = new int[graph.size()];
    forgetVerdicts();
  }

  /** Rebuilds a run from its rows; what they do not tell follows from the definition. */
  public static WorkflowRun restore(
      VersionedDefinition definition, ExecutionGraph graph, StoredRun stored) {
    WorkflowRun run = new WorkflowRun(definition, graph, stored.instance());
    for (int node = 0; node < run.formerAttempts.length; node++) {
      Long code = definition.taskCodes().get(graph.task(node).name());
      run.formerAttempts[node] = stored.formerAttempts().getOrDefault(code, 0);
    }
    for (TaskInstance task : stored.tasks()) {
      run.put(graph.indexOf(task.name()), task);
    }
    if (!stored.tasks().isEmpty()) {
      run.decideFromRows();
    }
    return run;
  }

  private void forgetVerdicts() {
    StartOptions options = instance.options();
    readiness = new Readiness(graph, startNodes(graph, options), options.nodeScope());
  }

  /**
   * Decides anew what may run, from the valid attempts as they are.
   *
   * @return the nodes that are ready and have no valid attempt, in a stable order
   */
  List<Integer> decideFromRows() {
    forgetVerdicts();
    List<Integer> ready = new ArrayList<>();
    readiness.begin(ready::add);
    for (int node = 0; node < current.length; node++) {
      if (current[node] != null && !isOpen(current[node])) {
        decide(node, ready::add);
      }
    }
    ready.removeIf(node -> current[node] != null);
    return ready;
  }

  /**
   * The valid attempt of the node has ended for good; announces the nodes that this makes ready.
   */
  void decide(int node, IntConsumer ready) {
    TaskInstance ended = current[node];
    Readiness.Verdict verdict =
        ended.state().isSuccess() ? Readiness.Verdict.PASSED : Readiness.Verdict.FAILED;
    readiness.decide(node, verdict, ended.branch(), ready);
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

  /** Whether the node is part of this run: start nodes may leave it out. */
  boolean isIncluded(int node) {
    return readiness.verdict(node) != Readiness.Verdict.EXCLUDED;
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

  public Readiness readiness() {
    return readiness;
  }

  void instance(WorkflowInstance next) {
    instance = next;
  }

  /** Sets the valid attempt of a node (null: none), in place of the former one. */
  void put(int node, TaskInstance task) {
    TaskInstance former = current[node];
    if (former != null) {
      open -= isOpen(former) ? 1 : 0;
      bad -= hasEndedBadly(former) ? 1 : 0;
      nodes.remove(former.id());
      formerAttempts[node] = former.attempt();
    }
    current[node] = task;
    if (task != null) {
      nodes.put(task.id(), node);
      open += isOpen(task) ? 1 : 0;
      bad += hasEndedBadly(task) ? 1 : 0;
    }
  }

  private static boolean hasEndedBadly(TaskInstance task) {
    return task.state().isTerminal() && !task.state().isSuccess();
  }

  /** The number of the attempt that comes next, once the node has no valid one. */
  int nextAttempt(int node) {
    return formerAttempts[node] + 1;
  }

  /** Whether something more will happen to it: it has not ended, or waits for its retry. */
  static boolean isOpen(TaskInstance task) {
    return !task.state().isTerminal() || task.isRetryWaiting();
  }

  /**
   * Whether a task has ended like that for good, and nothing that follows is made for it: a failure
   * that CONDITIONS meet does not count.
   */
  boolean hasUnmet(TaskState state) {
    return bad > 0 && firstUnmet(state) != null;
  }

  /** The first such task in the order of the definition, or null. */
  TaskInstance firstUnmet(TaskState state) {
    for (int node = 0; node < current.length; node++) {
      TaskInstance task = current[node];
      if (task != null && task.state() == state && !isOpen(task) && !readiness.isFailureMet(node)) {
        return task;
      }
    }
    return null;
  }

  /** The first that is paused, whatever follows it; null: none is. */
  TaskInstance firstPaused() {
    for (TaskInstance task : current) {
      if (task != null && task.state() == TaskState.PAUSED) {
        return task;
      }
    }
    return null;
  }
}
