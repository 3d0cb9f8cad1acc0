import { describe, expect, it } from 'vitest';
import { ShapeError } from './decode';
import { afterEvent } from './instanceState';

const instance = (state: string) => ({
  id: '812',
  project: 'tutorial',
  workflow: 'etl',
  version: 1,
  state,
  reason: null,
  parent: null,
  createdBy: 'admin',
  createdTime: '2026-11-20T02:00:00.000Z',
  startTime: null,
  endTime: null,
  scheduleTime: null,
  runTimes: 1,
  params: {},
  outputs: {},
  startNodes: [],
  nodeScope: 'TASK_POST',
  failureStrategy: null,
  priority: null,
  workerGroup: null,
  environment: null,
  dryRun: false,
  owner: null,
});

const task = (id: string, name: string, state: string, attempt = 1, valid = true) => ({
  id,
  workflowInstanceId: '812',
  name,
  taskType: 'SHELL',
  state,
  reason: null,
  attempt,
  retries: attempt - 1,
  valid,
  worker: null,
  workerGroup: null,
  firstSubmitTime: null,
  submitTime: null,
  startTime: null,
  endTime: null,
  dueTime: null,
  killCause: null,
  exitCode: null,
  externalId: null,
  branch: null,
  child: null,
  params: {},
  outputs: {},
});

const snapshot = (...tasks: object[]) => ({ event: 'snapshot', instance: instance('RUNNING'), tasks });
const changed = (...tasks: object[]) => ({ event: 'changed', instance: instance('RUNNING'), tasks });

describe('the state of an instance', () => {
  it('is what the last snapshot said, and what has changed since', () => {
    const before = afterEvent(null, snapshot(task('1', 'a', 'RUNNING'), task('2', 'b', 'SUBMITTED')));
    const after = afterEvent(before, changed(task('1', 'a', 'SUCCEEDED')));

    expect([...after!.tasks.values()].map((found) => found.state)).toEqual(['SUCCEEDED', 'SUBMITTED']);
    expect(after!.tasks.get('b')).toBe(before!.tasks.get('b'));
  });

  it('shows the attempt that counts, in whatever order both are told', () => {
    const before = afterEvent(null, snapshot(task('1', 'a', 'FAILED')));
    const old = task('1', 'a', 'FAILED', 1, false);
    const fresh = task('5', 'a', 'RUNNING', 2);
    for (const tasks of [[old, fresh], [fresh, old]]) {
      expect(afterEvent(before, changed(...tasks))!.tasks.get('a')!.id).toBe('5');
    }
    const later = afterEvent(afterEvent(before, changed(fresh)), changed(old));
    expect(later!.tasks.get('a')!.id).toBe('5');
  });

  it('forgets everything at another snapshot', () => {
    const before = afterEvent(null, snapshot(task('1', 'a', 'RUNNING')));
    expect(afterEvent(before, snapshot())!.tasks.size).toBe(0);
  });

  it('says where an answer is not as it should be', () => {
    const bad = { ...instance('RUNNING'), version: 'one' };
    expect(() => afterEvent(null, { event: 'snapshot', instance: bad, tasks: [] })).toThrow(
      new ShapeError('event.instance.version', 'a number', 'one'),
    );
  });
});
