import { describe, expect, it } from 'vitest';
import type { WorkflowDocument } from './document';
import { findTask } from './document';
import {
  addTask,
  connect,
  disconnect,
  freeName,
  removeTasks,
  renameProblem,
  renameTask,
  setField,
  setHead,
  updateTask,
} from './edit';
import { edgesOf } from './edges';

const document: WorkflowDocument = {
  workflow: { name: 'w' },
  tasks: [
    { name: 'a', task_type: 'Shell' },
    { name: 'b', task_type: 'Shell', deps: ['a'] },
    { name: 'route', task_type: 'Switch', deps: ['b'] },
    { name: 'x', task_type: 'Shell' },
    { name: 'y', task_type: 'Shell' },
    { name: 'check', task_type: 'Condition', op: 'AND' },
  ],
};

function connected(...pairs: [string, string, ('success' | 'failed')?][]): WorkflowDocument {
  return pairs.reduce<WorkflowDocument>((doc, [from, to, outlet]) => {
    const next = connect(doc, from, to, outlet ?? null);
    if (next === null) {
      throw new Error(`cycle: ${from} -> ${to}`);
    }
    return next;
  }, document);
}

describe('connect', () => {
  it('writes a plain edge into deps of the later task', () => {
    expect(findTask(connected(['x', 'y']), 'y')?.deps).toEqual(['x']);
  });

  it('makes the first branch of a switch its default and asks the others for a condition', () => {
    expect(findTask(connected(['route', 'x'], ['route', 'y']), 'route')?.condition).toEqual([
      { task: 'y', condition: '' },
      { task: 'x' },
    ]);
  });

  it('takes a predecessor into the first group of a condition', () => {
    expect(findTask(connected(['a', 'check'], ['b', 'check']), 'check')?.groups).toEqual([
      { op: 'AND', groups: [{ task: 'a', flag: true }, { task: 'b', flag: true }] },
    ]);
  });

  it('leaves a condition by the outlet that was drawn from', () => {
    const check = findTask(connected(['check', 'x'], ['check', 'y', 'failed']), 'check');

    expect([check?.success_task, check?.failed_task]).toEqual([['x'], ['y']]);
  });

  it('refuses a cycle and keeps the document for an edge that is there', () => {
    expect(connect(document, 'route', 'a', null)).toBeNull();
    expect(connect(document, 'a', 'b', null)).toBe(document);
  });
});

describe('disconnect', () => {
  it('undoes every kind of connect', () => {
    const full = connected(['x', 'y'], ['route', 'x'], ['a', 'check'], ['check', 'y', 'failed']);
    const bare = edgesOf(full).reduce(disconnect, full);

    expect(edgesOf(bare)).toEqual([]);
    expect(findTask(bare, 'check')).toEqual({ name: 'check', task_type: 'Condition', op: 'AND' });
  });
});

describe('renameTask', () => {
  it('changes every mention', () => {
    const full = connected(['route', 'x'], ['x', 'check'], ['check', 'y']);
    const renamed = renameTask(renameTask(full, 'x', 'X 1'), 'y', 'ypsilon');

    expect(edgesOf(renamed).map(({ from, to }) => `${from}>${to}`)).toEqual([
      'a>b',
      'b>route',
      'route>X 1',
      'check>ypsilon',
      'X 1>check',
    ]);
  });

  it.each([
    ['', 'empty'],
    ['b', 'taken'],
    ['z'.repeat(201), 'long'],
  ])('refuses %s', (name, problem) => {
    expect(renameProblem(document, 'a', name)).toBe(problem);
    expect(renameTask(document, 'a', name)).toBe(document);
  });
});

describe('removeTasks', () => {
  it('takes every mention away', () => {
    const full = connected(['route', 'x'], ['x', 'check'], ['check', 'y']);
    const left = removeTasks(full, new Set(['x', 'a']));

    expect(edgesOf(left).map(({ from, to }) => `${from}>${to}`)).toEqual(['b>route', 'check>y']);
    expect(findTask(left, 'check')?.groups).toBeUndefined();
  });
});

describe('a field', () => {
  it('that is set to what it says already changes nothing', () => {
    const changed = updateTask(document, 'a', (task) => setField(task, 'command', 'x'));

    expect(updateTask(changed, 'a', (task) => setField(task, 'command', 'x'))).toBe(changed);
    expect(updateTask(document, 'a', (task) => setField(task, 'command', ''))).toBe(document);
    expect(setHead(document, 'timeout', undefined)).toBe(document);
    expect(setHead(document, 'timeout', '2h').workflow).toEqual({ name: 'w', timeout: '2h' });
  });
});

describe('addTask', () => {
  it('finds a free name', () => {
    expect(addTask(document, { name: 'a', task_type: 'Shell' }).name).toBe('a_2');
    expect(freeName(new Set(['a_2', 'a_3']), 'a_2')).toBe('a_4');
  });
});
