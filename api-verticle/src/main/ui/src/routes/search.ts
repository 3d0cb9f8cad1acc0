/**
 * What stands behind the `?` of each page's address, read from whatever somebody typed there: a value that makes no
 * sense is left out. An absent key is the default, so that addresses stay short.
 */
type Raw = Record<string, unknown>;

export interface LoginSearch {
  next?: string;
  expired?: boolean;
}

export function readLoginSearch(raw: Raw): LoginSearch {
  return { next: ownPath(raw.next), expired: raw.expired === true || raw.expired === 'true' || undefined };
}

export interface DesignerSearch {
  version?: number;
  view?: 'yaml' | 'versions' | 'settings';
  /** The task whose form is open. */
  task?: string;
}

export function readDesignerSearch(raw: Raw): DesignerSearch {
  const version = Number(raw.version);
  return {
    version: Number.isInteger(version) && version > 0 ? version : undefined,
    view: oneOf(raw.view, ['yaml', 'versions', 'settings'] as const),
    task: textOf(raw.task),
  };
}

export interface InstancesSearch {
  project?: string;
  workflow?: string;
  state?: string;
  from?: string;
  to?: string;
}

export function readInstancesSearch(raw: Raw): InstancesSearch {
  return {
    project: textOf(raw.project),
    workflow: textOf(raw.workflow),
    state: textOf(raw.state),
    from: textOf(raw.from),
    to: textOf(raw.to),
  };
}

export const instanceViews = ['tasks', 'gantt', 'parameters', 'events'] as const;
export type InstanceView = 'graph' | (typeof instanceViews)[number];

export interface InstanceSearch {
  /** Absent: the graph. */
  view?: (typeof instanceViews)[number];
  /** Name of the task whose panel is open. */
  task?: string;
}

export function readInstanceSearch(raw: Raw): InstanceSearch {
  return { view: oneOf(raw.view, instanceViews), task: textOf(raw.task) };
}

export interface LogSearch {
  /** Byte offset of the first line to show; absent: the end, followed. */
  at?: number;
  find?: string;
}

export function readLogSearch(raw: Raw): LogSearch {
  const at = Number(raw.at);
  return {
    at: raw.at !== undefined && Number.isSafeInteger(at) && at >= 0 ? at : undefined,
    find: textOf(raw.find),
  };
}

/** Numbers and booleans as well: the router reads `?task=1` as a number. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function oneOf<T extends string>(value: unknown, words: readonly T[]): T | undefined {
  return words.find((word) => word === value);
}

/** Only a path of this server: an address elsewhere behind a log-in would help a fraud. */
function ownPath(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : undefined;
}
