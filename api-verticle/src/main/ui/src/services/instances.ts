import type { TaskState, WorkflowState } from '~/theme/states';
import { flag, list, map, nullable, number, object, or, text, word, type Decoder } from './decode';
import { get, newKey, post, segment } from './http';

export interface Reason {
  code: string;
  text: string;
}

export interface WorkflowInstance {
  id: string;
  project: string;
  workflow: string;
  version: number;
  state: WorkflowState;
  reason: Reason | null;
  parent: { workflowInstanceId: string; taskInstanceId: string } | null;
  createdBy: string;
  createdTime: string;
  startTime: string | null;
  endTime: string | null;
  scheduleTime: string | null;
  runTimes: number;
  params: Record<string, string>;
  outputs: Record<string, string>;
  startNodes: string[];
  nodeScope: string;
  failureStrategy: string | null;
  priority: string | null;
  workerGroup: string | null;
  environment: string | null;
  dryRun: boolean;
  owner: string | null;
}

/** One attempt of one task. */
export interface TaskInstance {
  id: string;
  workflowInstanceId: string;
  name: string;
  taskType: string;
  state: TaskState;
  reason: Reason | null;
  attempt: number;
  retries: number;
  valid: boolean;
  worker: string | null;
  workerGroup: string | null;
  firstSubmitTime: string | null;
  submitTime: string | null;
  startTime: string | null;
  endTime: string | null;
  dueTime: string | null;
  killCause: string | null;
  exitCode: number | null;
  externalId: string | null;
  branch: string | null;
  child: string | null;
  params: Record<string, string>;
  outputs: Record<string, string>;
}

export interface InstanceEvent {
  number: string;
  time: string;
  task: string | null;
  attempt: number;
  from: string | null;
  to: string | null;
  cause: string | null;
  actor: string | null;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface InstanceGraph {
  project: string;
  workflow: string;
  version: number;
  tasks: { name: string; taskType: string; forbidden: boolean; description: string }[];
  edges: { from: string; to: string; kind: string | null }[];
  layout: Record<string, { x: number; y: number }>;
}

export type InstanceAction = 'PAUSE' | 'RESUME' | 'STOP' | 'RERUN' | 'RECOVER_FAILED';
export type TaskAction = 'KILL' | 'FORCE_SUCCESS';

const reason = nullable(object<Reason>({ code: text, text }));
const values = map(text);

const instanceShape: { [K in keyof WorkflowInstance]: Decoder<WorkflowInstance[K]> } = {
  id: text,
  project: text,
  workflow: text,
  version: number,
  state: word<WorkflowState>(),
  reason,
  parent: nullable(object({ workflowInstanceId: text, taskInstanceId: text })),
  createdBy: text,
  createdTime: text,
  startTime: nullable(text),
  endTime: nullable(text),
  scheduleTime: nullable(text),
  runTimes: number,
  params: values,
  outputs: values,
  startNodes: list(text),
  nodeScope: text,
  failureStrategy: nullable(text),
  priority: nullable(text),
  workerGroup: nullable(text),
  environment: nullable(text),
  dryRun: flag,
  owner: nullable(text),
};

export const workflowInstance = object<WorkflowInstance>(instanceShape);

export const taskInstance = object<TaskInstance>({
  id: text,
  workflowInstanceId: text,
  name: text,
  taskType: text,
  state: word<TaskState>(),
  reason,
  attempt: number,
  retries: number,
  valid: flag,
  worker: nullable(text),
  workerGroup: nullable(text),
  firstSubmitTime: nullable(text),
  submitTime: nullable(text),
  startTime: nullable(text),
  endTime: nullable(text),
  dueTime: nullable(text),
  killCause: nullable(text),
  exitCode: nullable(number),
  externalId: nullable(text),
  branch: nullable(text),
  child: nullable(text),
  params: values,
  outputs: values,
});

const event = object<InstanceEvent>({
  number: text,
  time: text,
  task: nullable(text),
  attempt: number,
  from: nullable(text),
  to: nullable(text),
  cause: nullable(text),
  actor: nullable(text),
});

const graph = object<InstanceGraph>({
  project: text,
  workflow: text,
  version: number,
  tasks: list(object({ name: text, taskType: text, forbidden: flag, description: or(text, '') })),
  edges: list(object({ from: text, to: text, kind: nullable(text) })),
  layout: or(map(object({ x: number, y: number })), {}),
});

export function pageOf<T>(item: Decoder<T>): Decoder<Page<T>> {
  return object<Page<T>>({ items: list(item), next: nullable(text) });
}

export interface InstanceFilter {
  project?: string;
  workflow?: string;
  state?: string;
  from?: string;
  to?: string;
}

const base = '/api/v1/workflow-instances';

export function listInstances(filter: InstanceFilter, cursor: string | null, limit: number, signal?: AbortSignal) {
  return get(base, pageOf(workflowInstance), { query: { ...filter, limit, cursor }, signal });
}

export function loadTasks(id: string, attempts: 'all' | 'valid', signal?: AbortSignal) {
  return get(`${base}/${segment(id)}`, object({ tasks: list(taskInstance) }), { query: { attempts }, signal });
}

export function loadGraph(id: string, signal?: AbortSignal): Promise<InstanceGraph> {
  return get(`${base}/${segment(id)}/graph`, graph, { signal });
}

export function listEvents(id: string, cursor: string | null, signal?: AbortSignal) {
  return get(`${base}/${segment(id)}/events`, pageOf(event), { query: { limit: 200, cursor }, signal });
}

export function loadTask(id: string, signal?: AbortSignal): Promise<TaskInstance> {
  return get(`/api/v1/task-instances/${segment(id)}`, taskInstance, { signal });
}

export function act(id: string, action: InstanceAction): Promise<void> {
  return post<void>(`${base}/${segment(id)}/actions`, { action }, undefined, { idempotencyKey: newKey() });
}

export function actOnTask(id: string, action: TaskAction): Promise<void> {
  return post<void>(`/api/v1/task-instances/${segment(id)}/actions`, { action }, undefined, {
    idempotencyKey: newKey(),
  });
}

/** What can be done in a state; the server decides again. */
export function possibleActions(state: WorkflowState): InstanceAction[] {
  switch (state) {
    case 'SUBMITTED':
    case 'RUNNING':
    case 'SERIAL_WAIT':
      return ['PAUSE', 'STOP'];
    case 'PAUSING':
    case 'STOPPING':
    case 'FAILOVER':
      return ['STOP'];
    case 'PAUSED':
      return ['RESUME', 'RERUN'];
    case 'STOPPED':
      return ['RESUME', 'RECOVER_FAILED', 'RERUN'];
    case 'FAILED':
      return ['RECOVER_FAILED', 'RERUN'];
    case 'SUCCEEDED':
      return ['RERUN'];
  }
}
