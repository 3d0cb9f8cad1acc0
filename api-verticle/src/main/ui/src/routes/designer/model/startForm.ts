import type { StartRequest } from '~/services/definitions';
import { readRows } from './parameterRows';
import type { WorkflowDocument } from '~/workflow-diagram/document';

/** A start parameter: one of the workflow's own, or one that is added for this start. */
export interface StartParameter {
  readonly name: string;
  readonly type: string;
  /** What holds when nothing is said; null for a parameter that was added. */
  readonly usual: string | null;
  readonly value: string;
}

export interface StartForm {
  readonly params: readonly StartParameter[];
  readonly startNodes: readonly string[];
  readonly nodeScope: 'TASK_POST' | 'TASK_PRE' | 'TASK_ONLY';
  readonly workerGroup: string;
  /** Empty: as the workflow says; so are the next ones. */
  readonly priority: string;
  readonly failureStrategy: string;
  readonly scheduleTime: string;
  readonly dryRun: boolean;
}

export function startForm(
  document: WorkflowDocument,
  startNodes: readonly string[],
  nodeScope: StartForm['nodeScope'],
): StartForm {
  const params = readRows(document.workflow.param, 'IN', false)
    .filter((row) => row.direct === 'IN')
    .map(({ prop, type, value }) => ({ name: prop, type, usual: value, value }));
  return {
    params,
    startNodes,
    nodeScope,
    workerGroup: '',
    priority: '',
    failureStrategy: '',
    scheduleTime: '',
    dryRun: false,
  };
}

/** Only what differs from the workflow is sent, so that its defaults keep their meaning. */
export function startRequest(form: StartForm): StartRequest {
  const changed = form.params.filter(({ name, usual, value }) => name.trim() !== '' && value !== usual);
  const request: StartRequest = {
    params: Object.fromEntries(changed.map(({ name, value }) => [name.trim(), value])),
    startNodes: form.startNodes,
    dryRun: form.dryRun,
  };
  if (form.startNodes.length > 0) request.nodeScope = form.nodeScope;
  if (form.workerGroup.trim() !== '') request.workerGroup = form.workerGroup.trim();
  if (form.priority !== '') request.priority = form.priority;
  if (form.failureStrategy !== '') request.failureStrategy = form.failureStrategy;
  if (form.scheduleTime !== '') request.scheduleTime = new Date(form.scheduleTime).toISOString();
  return request;
}

/** Names that stand twice; a start could carry only one of their values. */
export function doubleNames(params: readonly StartParameter[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const doubles = new Set<string>();
  params.forEach(({ name }) => {
    const trimmed = name.trim();
    if (trimmed !== '' && seen.has(trimmed)) doubles.add(trimmed);
    seen.add(trimmed);
  });
  return doubles;
}
