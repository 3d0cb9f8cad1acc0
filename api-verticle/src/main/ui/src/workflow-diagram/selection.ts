import type { WorkflowDocument } from './document';
import { disconnect, removeTasks } from './edit';
import { edgesOf } from './edges';

/** What is chosen in a diagram: names of tasks, ids of edges. */
export interface Selection {
  readonly tasks: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

export const NOTHING: Selection = { tasks: new Set(), edges: new Set() };

export function ofTasks(names: Iterable<string>): Selection {
  return { tasks: new Set(names), edges: new Set() };
}

export function isNothing(selection: Selection): boolean {
  return selection.tasks.size === 0 && selection.edges.size === 0;
}

/** The name when exactly one task and no edge is chosen. */
export function singleTask(selection: Selection): string | null {
  const [first] = selection.tasks;
  return selection.tasks.size === 1 && first !== undefined ? first : null;
}

/** Only what is still there can stay chosen. */
export function keepExisting(selection: Selection, document: WorkflowDocument): Selection {
  const names = new Set(document.tasks.map((task) => task.name));
  const tasks = new Set([...selection.tasks].filter((name) => names.has(name)));
  return tasks.size === selection.tasks.size ? selection : { tasks, edges: new Set() };
}

/** The document without what is chosen. */
export function withoutSelection(document: WorkflowDocument, selection: Selection): WorkflowDocument {
  const edges = edgesOf(document).filter((edge) => selection.edges.has(edge.id));
  return removeTasks(edges.reduce(disconnect, document), selection.tasks);
}
