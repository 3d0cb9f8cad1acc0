import { branches, conditionGroups, deps, logicKind, names } from './document';
import type { Branch, ConditionGroup, TaskNode, WorkflowDocument } from './document';
import { edgesOf, wouldCycle } from './edges';
import type { DiagramEdge } from './edges';

/** Changes of a document. All of them give a new document and leave the old one as it was, for undo. */

export const NAME_LENGTH_MAX = 200;

function withTasks(document: WorkflowDocument, tasks: readonly TaskNode[]): WorkflowDocument {
  return { ...document, tasks };
}

/** The task without a key when the value says nothing, so that defaults never fill a file. */
export function setField(task: TaskNode, key: string, value: unknown): TaskNode {
  const isNothing =
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (isNothing ? task[key] === undefined : task[key] === value) {
    return task;
  }
  if (isNothing) {
    const { [key]: _dropped, ...rest } = task;
    return rest as TaskNode;
  }
  return { ...task, [key]: value };
}

export function updateTask(
  document: WorkflowDocument,
  name: string,
  change: (task: TaskNode) => TaskNode,
): WorkflowDocument {
  const tasks = document.tasks.map((task) => (task.name === name ? change(task) : task));
  const isSame = tasks.every((task, index) => task === document.tasks[index]);
  return isSame ? document : withTasks(document, tasks);
}

export function setHead(document: WorkflowDocument, key: string, value: unknown): WorkflowDocument {
  const { [key]: _dropped, ...rest } = document.workflow;
  const isNothing = value === undefined || value === null || value === '';
  if (isNothing ? document.workflow[key] === undefined : document.workflow[key] === value) {
    return document;
  }
  return {
    ...document,
    workflow: (isNothing ? rest : { ...document.workflow, [key]: value }) as WorkflowDocument['workflow'],
  };
}

/** The name itself if it is free, else the name with the first free number: extract_2. */
export function freeName(taken: ReadonlySet<string>, wanted: string): string {
  if (!taken.has(wanted)) {
    return wanted;
  }
  const stem = wanted.replace(/_\d+$/, '').slice(0, NAME_LENGTH_MAX - 8);
  let number = 2;
  while (taken.has(`${stem}_${number}`)) {
    number++;
  }
  return `${stem}_${number}`;
}

export function taskNames(document: WorkflowDocument): ReadonlySet<string> {
  return new Set(document.tasks.map((task) => task.name));
}

/** A new task at the end of the list; its name is made free. */
export function addTask(
  document: WorkflowDocument,
  task: TaskNode,
): { document: WorkflowDocument; name: string } {
  const name = freeName(taskNames(document), task.name);
  return { document: withTasks(document, [...document.tasks, { ...task, name }]), name };
}

/** The task with every name that it mentions replaced; null takes the mention away. */
export function mapReferences(
  task: TaskNode,
  replace: (name: string) => string | null,
): TaskNode {
  const kept = (list: readonly string[]): string[] =>
    list.map(replace).filter((name): name is string => name !== null);
  let result = task;
  if (task.deps !== undefined) {
    result = setField(result, 'deps', kept(deps(task)));
  }
  const kind = logicKind(task.task_type);
  if (kind === 'SWITCH') {
    const mapped = branches(task).flatMap((branch): Branch[] => {
      const target = branch.task === '' ? '' : replace(branch.task);
      return target === null ? [] : [{ ...branch, task: target }];
    });
    result = setField(result, 'condition', mapped);
  }
  if (kind === 'CONDITIONS') {
    result = setField(result, 'success_task', kept(names(task.success_task)));
    result = setField(result, 'failed_task', kept(names(task.failed_task)));
    const groups = conditionGroups(task).flatMap((group): ConditionGroup[] => {
      const items = group.groups.flatMap((item) => {
        const target = item.task === '' ? '' : replace(item.task);
        return target === null ? [] : [{ ...item, task: target }];
      });
      return items.length === 0 && group.groups.length > 0 ? [] : [{ ...group, groups: items }];
    });
    result = setField(result, 'groups', groups);
  }
  return result;
}

/** Takes tasks away, and every mention of them. */
export function removeTasks(document: WorkflowDocument, gone: ReadonlySet<string>): WorkflowDocument {
  return withTasks(
    document,
    document.tasks
      .filter((task) => !gone.has(task.name))
      .map((task) => mapReferences(task, (name) => (gone.has(name) ? null : name))),
  );
}

export type RenameProblem = 'empty' | 'taken' | 'long';

export function renameProblem(document: WorkflowDocument, from: string, to: string): RenameProblem | null {
  if (to.trim() === '') {
    return 'empty';
  }
  if (to.length > NAME_LENGTH_MAX) {
    return 'long';
  }
  return to !== from && taskNames(document).has(to) ? 'taken' : null;
}

/** Renames a task wherever it is mentioned; a name that cannot be used changes nothing. */
export function renameTask(document: WorkflowDocument, from: string, to: string): WorkflowDocument {
  if (from === to || renameProblem(document, from, to) !== null) {
    return document;
  }
  return withTasks(
    document,
    document.tasks.map((task) => {
      const mapped = mapReferences(task, (name) => (name === from ? to : name));
      return task.name === from ? { ...mapped, name: to } : mapped;
    }),
  );
}

/** Which way out of a condition an edge takes; other tasks have one way only. */
export type Outlet = 'success' | 'failed' | null;

/** An edge drawn from one task to another, written down where a file writes it. Null: it would close a cycle. */
export function connect(
  document: WorkflowDocument,
  from: string,
  to: string,
  outlet: Outlet,
): WorkflowDocument | null {
  const source = document.tasks.find((task) => task.name === from);
  const target = document.tasks.find((task) => task.name === to);
  const edges = edgesOf(document);
  if (source === undefined || target === undefined || wouldCycle(edges, from, to)) {
    return null;
  }
  if (edges.some((edge) => edge.from === from && edge.to === to)) {
    return document;
  }
  const kind = logicKind(source.task_type);
  if (kind === 'SWITCH') {
    return updateTask(document, from, (task) => addBranch(task, to));
  }
  if (kind === 'CONDITIONS') {
    const key = outlet === 'failed' ? 'failed_task' : 'success_task';
    return updateTask(document, from, (task) => ({ ...task, [key]: [...names(task[key]), to] }));
  }
  if (logicKind(target.task_type) === 'CONDITIONS') {
    return updateTask(document, to, (task) => addToFirstGroup(task, from));
  }
  return updateTask(document, to, (task) => ({ ...task, deps: [...deps(task), from] }));
}

/** The first branch becomes the default; the others ask for their condition. */
function addBranch(task: TaskNode, to: string): TaskNode {
  const all = branches(task);
  const hasDefault = all.some((branch) => branch.condition === undefined);
  const conditions = all.filter((branch) => branch.condition !== undefined);
  const defaults = all.filter((branch) => branch.condition === undefined);
  const added: Branch = hasDefault ? { task: to, condition: '' } : { task: to };
  return { ...task, condition: hasDefault ? [...conditions, added, ...defaults] : [...conditions, added] };
}

function addToFirstGroup(task: TaskNode, from: string): TaskNode {
  const groups = conditionGroups(task);
  const [first, ...others] = groups;
  const item = { task: from, flag: true };
  const grown: ConditionGroup =
    first === undefined ? { op: 'AND', groups: [item] } : { ...first, groups: [...first.groups, item] };
  return { ...task, op: task.op ?? 'AND', groups: [grown, ...others] };
}

/** Takes an edge away where it is written. */
export function disconnect(document: WorkflowDocument, edge: DiagramEdge): WorkflowDocument {
  const owner = edge.kind === 'dep' || edge.kind === 'group' ? edge.to : edge.from;
  const other = owner === edge.to ? edge.from : edge.to;
  const drop = (list: readonly string[]): string[] => list.filter((name) => name !== other);
  return updateTask(document, owner, (task) => {
    switch (edge.kind) {
      case 'dep':
        return setField(task, 'deps', drop(deps(task)));
      case 'success':
        return setField(task, 'success_task', drop(names(task.success_task)));
      case 'failed':
        return setField(task, 'failed_task', drop(names(task.failed_task)));
      case 'branch':
        return setField(task, 'condition', branches(task).filter((branch) => branch.task !== other));
      case 'group':
        return setField(
          task,
          'groups',
          conditionGroups(task)
            .map((group) => ({ ...group, groups: group.groups.filter((item) => item.task !== other) }))
            .filter((group) => group.groups.length > 0),
        );
    }
  });
}

/** Disabled tasks stay in the file with `flag: NO`: successors see them as passed. */
export function setForbidden(
  document: WorkflowDocument,
  tasks: ReadonlySet<string>,
  forbidden: boolean,
): WorkflowDocument {
  return withTasks(
    document,
    document.tasks.map((task) =>
      tasks.has(task.name) ? setField(task, 'flag', forbidden ? 'NO' : undefined) : task,
    ),
  );
}
