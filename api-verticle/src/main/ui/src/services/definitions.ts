import { queryOptions } from '@tanstack/react-query';
import { parseDocument } from '~/workflow-diagram/document';
import type { WorkflowDocument } from '~/workflow-diagram/document';
import type { Positions } from '~/workflow-diagram/positions';
import { flag, list, map, number, nullable, object, or, text, word } from './decode';
import type { Decoder } from './decode';
import { fault, get, HttpProblem, post, request, segment, send } from './http';
import type { Fault } from './http';
import { pageOf } from './instances';
import type { ReleaseState } from './projects';

/** Workflow definitions: one with its versions, its layout, and what can be done with it. */

export interface Definition {
  readonly name: string;
  readonly project: string;
  readonly version: number;
  readonly newestVersion: number;
  readonly releaseState: ReleaseState;
  readonly createdBy: string;
  readonly versionTime: string;
  readonly document: WorkflowDocument;
}

export interface Saved {
  readonly version: number;
  readonly releaseState: ReleaseState;
  readonly change: 'CREATED' | 'NEW_VERSION' | 'UNCHANGED';
  readonly warnings: readonly Fault[];
}

export interface VersionRow {
  readonly version: number;
  readonly createdBy: string;
  readonly createdTime: string;
  readonly isCurrent: boolean;
}

export interface Validation {
  readonly valid: boolean;
  readonly errors: readonly Fault[];
  readonly warnings: readonly Fault[];
  /** The same workflow in the server's own notation; null when it is not valid. */
  readonly document: WorkflowDocument | null;
}

const address = (project: string, workflow: string): string =>
  `/api/v1/projects/${segment(project)}/workflows/${segment(workflow)}`;

/** Project and release state belong to the workflow, not to what is drawn; a save adds them again. */
function withoutPlace(document: WorkflowDocument): WorkflowDocument {
  const { project: _project, release_state: _releaseState, ...workflow } = document.workflow;
  return { ...document, workflow: workflow as WorkflowDocument['workflow'] };
}

const document: Decoder<WorkflowDocument> = (value) => withoutPlace(parseDocument(value));

const definition: Decoder<Definition> = (value, path) => ({
  ...object<Omit<Definition, 'document'>>({
    name: text,
    project: text,
    version: number,
    newestVersion: number,
    releaseState: word<ReleaseState>(),
    createdBy: or(text, ''),
    versionTime: text,
  })(value, path),
  document: document(value, path),
});

const saved = object<Saved>({
  version: number,
  releaseState: word<ReleaseState>(),
  change: word<Saved['change']>(),
  warnings: or(list(fault), []),
});

const validation = object<Validation>({
  valid: flag,
  errors: list(fault),
  warnings: or(list(fault), []),
  document: nullable(document),
});

const layout = object({ tasks: map(object({ x: number, y: number })) });

/** @param version the newest when null */
export function definitionQuery(project: string, workflow: string, version: number | null) {
  return queryOptions({
    queryKey: ['definition', project, workflow, version],
    queryFn: ({ signal }) => get(address(project, workflow), definition, { query: { version }, signal }),
  });
}

export function layoutQuery(project: string, workflow: string) {
  return queryOptions({
    queryKey: ['layout', project, workflow],
    queryFn: async ({ signal }): Promise<Positions> =>
      (await get(`${address(project, workflow)}/layout`, layout, { signal })).tasks,
  });
}

export function listVersions(project: string, workflow: string, cursor: string | null, signal?: AbortSignal) {
  const row = object<VersionRow>({ version: number, createdBy: or(text, ''), createdTime: text, isCurrent: flag });
  return get(`${address(project, workflow)}/versions`, pageOf(row), { query: { limit: 50, cursor }, signal });
}

export function loadYaml(project: string, workflow: string, version: number, signal?: AbortSignal): Promise<string> {
  const options = { query: { version }, accept: 'application/yaml', ...(signal && { signal }) };
  return send('GET', address(project, workflow), options).then((answer) => answer.text());
}

/** What is sent: the document with the project and the release state that it is to have. */
function body(project: string, drawn: WorkflowDocument, releaseState: ReleaseState): unknown {
  const { name, ...head } = drawn.workflow;
  return { ...drawn, workflow: { name, project, release_state: releaseState.toLowerCase(), ...head } };
}

export function saveDefinition(project: string, drawn: WorkflowDocument, releaseState: ReleaseState): Promise<Saved> {
  return request('PUT', address(project, drawn.workflow.name), {
    body: body(project, drawn, releaseState),
    read: saved,
  });
}

export function validateDocument(project: string, drawn: WorkflowDocument): Promise<Validation> {
  return post(`${address(project, drawn.workflow.name)}/validate`, body(project, drawn, 'OFFLINE'), validation);
}

export function validateYaml(
  project: string,
  workflow: string,
  yaml: string,
  signal?: AbortSignal,
): Promise<Validation> {
  const options = { contentType: 'application/yaml', ...(signal && { signal }) };
  return post(`${address(project, workflow)}/validate`, yaml, validation, options);
}

export async function saveLayout(project: string, workflow: string, tasks: Positions): Promise<void> {
  await request('PUT', `${address(project, workflow)}/layout`, { body: { tasks } });
}

/** Makes the content of an old version the newest one again. */
export function restoreVersion(project: string, workflow: string, version: number): Promise<Saved> {
  return post(`${address(project, workflow)}/versions/${version}/restore`, {}, saved);
}

export interface StartRequest {
  params: Record<string, string>;
  startNodes: readonly string[];
  nodeScope?: string;
  failureStrategy?: string;
  priority?: string;
  workerGroup?: string;
  scheduleTime?: string;
  dryRun: boolean;
}

export function startWorkflow(
  project: string,
  workflow: string,
  start: StartRequest,
  idempotencyKey: string,
): Promise<{ id: string }> {
  return post(`${address(project, workflow)}/instances`, start, object({ id: text }), { idempotencyKey });
}

/** What is wrong with a refused document; null when the refusal has another cause. */
export function faultsOf(problem: unknown): readonly Fault[] | null {
  return problem instanceof HttpProblem && problem.errors.length > 0 ? problem.errors : null;
}

/** Names of workflows that contain the text, for pickers. */
export function workflowNamesQuery(project: string, search: string) {
  return queryOptions({
    queryKey: ['workflow-names', project, search],
    queryFn: async ({ signal }) => {
      const row = object({ name: text });
      const page = await get(`/api/v1/projects/${segment(project)}/workflows`, pageOf(row), {
        query: { limit: 100, search },
        signal,
      });
      return page.items.map(({ name }) => name);
    },
    enabled: project !== '',
  });
}
