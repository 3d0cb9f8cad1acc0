/**
 * A workflow definition as the API serves it: the shape of a workflow file. Tasks are known by their
 * names, which are unique in a document; what a task type means is left to the forms.
 */
export interface TaskNode {
  readonly name: string;
  readonly task_type: string;
  readonly [key: string]: unknown;
}

export interface WorkflowHead {
  readonly name: string;
  readonly [key: string]: unknown;
}

export interface WorkflowDocument {
  readonly workflow: WorkflowHead;
  readonly tasks: readonly TaskNode[];
}

export interface Branch {
  readonly task: string;
  readonly condition?: string;
}

export interface GroupItem {
  readonly task: string;
  readonly flag: boolean;
}

export interface ConditionGroup {
  readonly op: 'AND' | 'OR';
  readonly groups: readonly GroupItem[];
}

export type LogicKind = 'SWITCH' | 'CONDITIONS' | 'SUB_WORKFLOW' | 'DEPENDENT' | null;

/** Spellings that mean the same type give the same key, as on the server: SubWorkflow, SUB_WORKFLOW. */
export function typeKey(taskType: string): string {
  return taskType.trim().toUpperCase().replace(/[ _-]/g, '');
}

const LOGIC: Record<string, LogicKind> = {
  SWITCH: 'SWITCH',
  CONDITION: 'CONDITIONS',
  CONDITIONS: 'CONDITIONS',
  SUBWORKFLOW: 'SUB_WORKFLOW',
  SUBPROCESS: 'SUB_WORKFLOW',
  DEPENDENT: 'DEPENDENT',
};

export function logicKind(taskType: string): LogicKind {
  return LOGIC[typeKey(taskType)] ?? null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of names, also where a document writes a single one. */
export function names(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    return value === '' ? [] : [value];
  }
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

export function deps(task: TaskNode): readonly string[] {
  return names(task.deps);
}

/** The branches of a switch; the default, which has no condition, stands last. */
export function branches(task: TaskNode): readonly Branch[] {
  const read = Array.isArray(task.condition) ? task.condition.filter(isRecord) : [];
  const all = read.map((branch): Branch => {
    const target = typeof branch.task === 'string' ? branch.task : '';
    return branch.condition === undefined || branch.condition === null
      ? { task: target }
      : { task: target, condition: String(branch.condition) };
  });
  return [
    ...all.filter((branch) => branch.condition !== undefined),
    ...all.filter((branch) => branch.condition === undefined),
  ];
}

/** The groups of a condition over its predecessors. */
export function conditionGroups(task: TaskNode): readonly ConditionGroup[] {
  const read = Array.isArray(task.groups) ? task.groups.filter(isRecord) : [];
  return read.map((group) => ({
    op: String(group.op).toUpperCase() === 'OR' ? 'OR' : 'AND',
    groups: (Array.isArray(group.groups) ? group.groups.filter(isRecord) : []).map((item) => ({
      task: typeof item.task === 'string' ? item.task : '',
      flag: item.flag === true || String(item.flag).toLowerCase() === 'true',
    })),
  }));
}

export function isForbidden(task: TaskNode): boolean {
  return task.flag === false || (typeof task.flag === 'string' && task.flag.toUpperCase() === 'NO');
}

export function findTask(document: WorkflowDocument, name: string): TaskNode | undefined {
  return document.tasks.find((task) => task.name === name);
}

/** A new workflow without tasks. */
export function emptyDocument(name: string): WorkflowDocument {
  return { workflow: { name }, tasks: [] };
}

/** Checks the outer shape only; the server has the last word about everything else. */
export function parseDocument(value: unknown): WorkflowDocument {
  if (!isRecord(value) || !isRecord(value.workflow) || !Array.isArray(value.tasks)) {
    throw new TypeError('not a workflow: it needs "workflow" and "tasks"');
  }
  const tasks = value.tasks.map((task: unknown, index): TaskNode => {
    if (!isRecord(task) || typeof task.name !== 'string' || typeof task.task_type !== 'string') {
      throw new TypeError(`tasks[${index}] needs "name" and "task_type"`);
    }
    return task as TaskNode;
  });
  const name = typeof value.workflow.name === 'string' ? value.workflow.name : '';
  return { workflow: { ...value.workflow, name }, tasks };
}
