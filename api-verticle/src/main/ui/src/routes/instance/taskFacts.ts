import { isTaskFinished, isWorkflowFinished } from '~/theme/states';
import type { TaskInstance, WorkflowInstance } from '~/services/instances';

/** A failed attempt that waits for its retry is over, and can be killed all the same. */
export function canKill(task: TaskInstance): boolean {
  return task.valid && (!isTaskFinished(task.state) || (task.state === 'FAILED' && task.dueTime !== null));
}

export function canForce(task: TaskInstance, instance: WorkflowInstance): boolean {
  return task.valid && isWorkflowFinished(instance.state) && (task.state === 'FAILED' || task.state === 'KILLED');
}

/** Logic tasks run on the master and write no log. */
const logicTypes = new Set(['SUB_WORKFLOW', 'SWITCH', 'CONDITIONS', 'DEPENDENT', 'DYNAMIC']);

export function hasLog(task: TaskInstance): boolean {
  return !logicTypes.has(task.taskType) && task.worker !== null;
}

/** Grows with each attempt of an instance: what was read of earlier attempts holds while it is the same. */
export function generationOf(instance: WorkflowInstance, tasks: ReadonlyMap<string, TaskInstance>): number {
  let attempts = 0;
  for (const task of tasks.values()) attempts += task.attempt;
  return instance.runTimes * 1_000_000 + attempts;
}
