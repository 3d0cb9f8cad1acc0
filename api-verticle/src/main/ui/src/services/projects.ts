import type { WorkflowState } from '~/theme/states';
import { nullable, number, object, or, text, word } from './decode';
import { get, post, segment } from './http';
import { pageOf } from './instances';

export interface Project {
  id: string;
  name: string;
  description: string;
  createdBy: string;
  createdTime: string;
}

export type ReleaseState = 'ONLINE' | 'OFFLINE';

export interface WorkflowRow {
  name: string;
  project: string;
  version: number;
  releaseState: ReleaseState;
  executionType: string | null;
  description: string;
  createdTime: string;
  updatedTime: string;
  lastInstance: LastInstance | null;
}

export interface LastInstance {
  id: string;
  state: WorkflowState;
  createdTime: string;
  startTime: string | null;
  endTime: string | null;
}

const project = object<Project>({
  id: text,
  name: text,
  description: or(text, ''),
  createdBy: text,
  createdTime: text,
});

const workflowRow = object<WorkflowRow>({
  name: text,
  project: text,
  version: number,
  releaseState: word<ReleaseState>(),
  executionType: nullable(text),
  description: or(text, ''),
  createdTime: text,
  updatedTime: text,
  lastInstance: nullable(
    object<LastInstance>({
      id: text,
      state: word<WorkflowState>(),
      createdTime: text,
      startTime: nullable(text),
      endTime: nullable(text),
    }),
  ),
});

export function listProjects(cursor: string | null, signal?: AbortSignal) {
  return get('/api/v1/projects', pageOf(project), { query: { limit: 100, cursor }, signal });
}

export function loadProject(name: string, signal?: AbortSignal): Promise<Project> {
  return get(`/api/v1/projects/${segment(name)}`, project, { signal });
}

export function createProject(name: string, description: string): Promise<Project> {
  return post('/api/v1/projects', { name, description: description || null }, project);
}

export function listWorkflows(projectName: string, search: string, cursor: string | null, signal?: AbortSignal) {
  return get(`/api/v1/projects/${segment(projectName)}/workflows`, pageOf(workflowRow), {
    query: { limit: 100, cursor, search },
    signal,
  });
}

export function releaseWorkflow(projectName: string, workflow: string, state: ReleaseState): Promise<void> {
  return post<void>(`/api/v1/projects/${segment(projectName)}/workflows/${segment(workflow)}/release`, { state });
}
