/** The states of workflow instances and task instances, and what a drawing shows of tasks without an instance. */
export type WorkflowState =
  | 'SUBMITTED'
  | 'SERIAL_WAIT'
  | 'RUNNING'
  | 'PAUSING'
  | 'PAUSED'
  | 'STOPPING'
  | 'STOPPED'
  | 'FAILED'
  | 'SUCCEEDED'
  | 'FAILOVER';

export type TaskState =
  | 'SUBMITTED'
  | 'DELAYED'
  | 'DISPATCHED'
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'FORCED_SUCCESS'
  | 'FAILED'
  | 'KILLED'
  | 'PAUSED'
  | 'LOST';

export type ShownState = WorkflowState | TaskState | 'NONE' | 'SKIPPED' | 'FORBIDDEN';

export type Tone =
  | 'waiting'
  | 'dispatched'
  | 'running'
  | 'success'
  | 'forced'
  | 'failed'
  | 'stopped'
  | 'paused'
  | 'lost';

const tones: Record<ShownState, Tone> = {
  SUBMITTED: 'waiting',
  SERIAL_WAIT: 'waiting',
  DELAYED: 'waiting',
  NONE: 'waiting',
  SKIPPED: 'waiting',
  FORBIDDEN: 'waiting',
  DISPATCHED: 'dispatched',
  RUNNING: 'running',
  PAUSING: 'paused',
  PAUSED: 'paused',
  STOPPING: 'stopped',
  STOPPED: 'stopped',
  KILLED: 'stopped',
  FAILED: 'failed',
  SUCCEEDED: 'success',
  FORCED_SUCCESS: 'forced',
  LOST: 'lost',
  FAILOVER: 'lost',
};

/** The family of colours of a state; a state of a newer server looks like one that waits. */
export function toneOf(state: ShownState): Tone {
  return tones[state] ?? 'waiting';
}

export function toneColor(tone: Tone): string {
  return `var(--state-${tone})`;
}

export function toneSoft(tone: Tone): string {
  return `var(--state-${tone}-soft)`;
}

export function isWorkflowFinished(state: WorkflowState): boolean {
  return state === 'PAUSED' || state === 'STOPPED' || state === 'FAILED' || state === 'SUCCEEDED';
}

export function isTaskFinished(state: TaskState): boolean {
  return !(state === 'SUBMITTED' || state === 'DELAYED' || state === 'DISPATCHED' || state === 'RUNNING');
}
