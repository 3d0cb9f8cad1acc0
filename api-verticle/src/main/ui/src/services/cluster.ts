import { list, map, nullable, number, object, or, text, flag } from './decode';
import { workflowInstance, type WorkflowInstance } from './instances';

export interface Load {
  cpu: number;
  memory: number;
  disk: number;
  processBytes: number;
  running: number;
  waiting: number | null;
  slots: number | null;
  capacity: number | null;
  refusing: string | null;
}

export interface Member {
  node: string;
  host: string;
  version: string;
  startTime: string;
  workerGroups: string[];
  heartbeatAgeMillis: number | null;
  load: Load | null;
}

export interface Cluster {
  masters: Member[];
  workers: Member[];
  apis: Member[];
  alerts: Member[];
  slots: { total: number; owned: number };
}

const load = object<Load>({
  cpu: number,
  memory: number,
  disk: number,
  processBytes: number,
  running: number,
  waiting: nullable(number),
  slots: nullable(number),
  capacity: nullable(number),
  refusing: nullable(text),
});

const member = object<Member>({
  node: text,
  host: text,
  version: text,
  startTime: text,
  workerGroups: or(list(text), []),
  heartbeatAgeMillis: nullable(number),
  load: nullable(load),
});

export const cluster = object<Cluster>({
  masters: list(member),
  workers: list(member),
  apis: list(member),
  alerts: list(member),
  slots: object({ total: number, owned: number }),
});

export interface Count {
  count: number;
  /** There are more than were counted. */
  isMore: boolean;
}

export interface Hour {
  from: string;
  succeeded: number;
  failed: number;
  stopped: number;
}

export interface Overview {
  time: string;
  since: string;
  counts: Record<string, Count>;
  running: WorkflowInstance[];
  waiting: WorkflowInstance[];
  failed: WorkflowInstance[];
  hours: Hour[];
  isHoursPartial: boolean;
}

export const overview = object<Overview>({
  time: text,
  since: text,
  counts: map(object<Count>({ count: number, isMore: flag })),
  running: list(workflowInstance),
  waiting: list(workflowInstance),
  failed: list(workflowInstance),
  hours: list(object<Hour>({ from: text, succeeded: number, failed: number, stopped: number })),
  isHoursPartial: flag,
});
