import { branches, conditionGroups, deps, logicKind, names } from './document';
import type { TaskNode, WorkflowDocument } from './document';

/**
 * Why there is an edge: `dep` is written in the later task, `branch`, `success` and `failed` in the logic
 * task where the edge begins, `group` in the condition where it ends.
 */
export type EdgeKind = 'dep' | 'branch' | 'success' | 'failed' | 'group';

export interface DiagramEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** What a switch asks before it goes this way; empty text is its default. */
  readonly condition?: string;
}

function edge(from: string, to: string, kind: EdgeKind, condition?: string): DiagramEdge {
  const id = JSON.stringify([kind, from, to]);
  return condition === undefined ? { id, from, to, kind } : { id, from, to, kind, condition };
}

function edgesAt(task: TaskNode): DiagramEdge[] {
  const all = deps(task).map((dep) => edge(dep, task.name, 'dep'));
  const kind = logicKind(task.task_type);
  if (kind === 'SWITCH') {
    branches(task).forEach((branch) => {
      all.push(edge(task.name, branch.task, 'branch', branch.condition ?? ''));
    });
  }
  if (kind === 'CONDITIONS') {
    names(task.success_task).forEach((target) => all.push(edge(task.name, target, 'success')));
    names(task.failed_task).forEach((target) => all.push(edge(task.name, target, 'failed')));
    conditionGroups(task).forEach((group) =>
      group.groups.forEach((item) => all.push(edge(item.task, task.name, 'group'))),
    );
  }
  return all;
}

/** Every edge once. Edges to tasks that do not exist are left out: the server names them when it validates. */
export function edgesOf(document: WorkflowDocument): readonly DiagramEdge[] {
  const known = new Set(document.tasks.map((task) => task.name));
  const byId = new Map<string, DiagramEdge>();
  document.tasks.flatMap(edgesAt).forEach((found) => {
    if (known.has(found.from) && known.has(found.to) && !byId.has(found.id)) {
      byId.set(found.id, found);
    }
  });
  const pairs = new Set<string>();
  return [...byId.values()].filter((found) => {
    const pair = JSON.stringify([found.from, found.to]);
    const isImplied = found.kind !== 'dep';
    const isDouble = pairs.has(pair) && !isImplied;
    pairs.add(pair);
    return !isDouble;
  });
}

/** All tasks that can be reached from the given ones, they themselves left out unless a cycle leads back. */
export function reachable(
  edges: readonly DiagramEdge[],
  start: readonly string[],
  direction: 'after' | 'before',
): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  edges.forEach(({ from, to }) => {
    const [key, value] = direction === 'after' ? [from, to] : [to, from];
    const list = next.get(key);
    if (list === undefined) {
      next.set(key, [value]);
    } else {
      list.push(value);
    }
  });
  const found = new Set<string>();
  const open = [...start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    (next.get(name) ?? []).forEach((neighbour) => {
      if (!found.has(neighbour)) {
        found.add(neighbour);
        open.push(neighbour);
      }
    });
  }
  return found;
}

/** Whether an edge more would lead back to where it begins. */
export function wouldCycle(edges: readonly DiagramEdge[], from: string, to: string): boolean {
  return from === to || reachable(edges, [to], 'after').has(from);
}
