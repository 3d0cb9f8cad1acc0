import { list, object, or, text } from './decode';
import { taskInstance, workflowInstance, type TaskInstance, type WorkflowInstance } from './instances';

/** A workflow instance with its valid task instances, by name, as the stream last told it. */
export interface InstanceState {
  instance: WorkflowInstance;
  tasks: ReadonlyMap<string, TaskInstance>;
}

const message = object({ event: text, instance: workflowInstance, tasks: or(list(taskInstance), []) });

/** The state after an event; `null` before the first snapshot. Tasks that an event does not name stay the same objects. */
export function afterEvent(before: InstanceState | null, event: Record<string, unknown>): InstanceState | null {
  const { event: kind, instance, tasks } = message(event, 'event');
  if (kind === 'snapshot') {
    return { instance, tasks: new Map(tasks.filter((task) => task.valid).map((task) => [task.name, task])) };
  }
  if (!before) return null;
  const merged = new Map(before.tasks);
  // A replaced attempt may be told after the one that replaced it, or before: only its own row may go.
  for (const task of tasks) {
    if (!task.valid && merged.get(task.name)?.id === task.id) merged.delete(task.name);
  }
  for (const task of tasks) {
    const known = merged.get(task.name);
    if (task.valid && (!known || known.id === task.id || known.attempt <= task.attempt)) merged.set(task.name, task);
  }
  return { instance, tasks: merged };
}
