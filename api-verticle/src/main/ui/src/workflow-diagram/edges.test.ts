import { describe, expect, it } from 'vitest';
import type { WorkflowDocument } from './document';
import { edgesOf, reachable, wouldCycle } from './edges';

const document: WorkflowDocument = {
  workflow: { name: 'w' },
  tasks: [
    { name: 'a', task_type: 'Shell' },
    { name: 'b', task_type: 'Shell', deps: 'a' },
    {
      name: 'route',
      task_type: 'Switch',
      deps: ['b'],
      condition: [{ task: 'small' }, { task: 'big', condition: '${n} > 1' }],
    },
    { name: 'big', task_type: 'Shell', deps: ['route'] },
    { name: 'small', task_type: 'Shell' },
    {
      name: 'check',
      task_type: 'Condition',
      op: 'AND',
      groups: [{ op: 'and', groups: [{ task: 'big', flag: true }, { task: 'gone', flag: false }] }],
      success_task: 'good',
      failed_task: ['bad'],
    },
    { name: 'good', task_type: 'Shell' },
    { name: 'bad', task_type: 'Shell' },
  ],
};

describe('edgesOf', () => {
  it('takes edges from deps, branches and groups, each pair once', () => {
    const edges = edgesOf(document).map(({ from, to, kind, condition }) => [from, to, kind, condition]);

    expect(edges).toEqual([
      ['a', 'b', 'dep', undefined],
      ['b', 'route', 'dep', undefined],
      ['route', 'big', 'branch', '${n} > 1'],
      ['route', 'small', 'branch', ''],
      ['check', 'good', 'success', undefined],
      ['check', 'bad', 'failed', undefined],
      ['big', 'check', 'group', undefined],
    ]);
  });
});

describe('reachable', () => {
  it('finds what comes after and before', () => {
    const edges = edgesOf(document);

    expect([...reachable(edges, ['big'], 'after')].sort()).toEqual(['bad', 'check', 'good']);
    expect([...reachable(edges, ['small'], 'before')].sort()).toEqual(['a', 'b', 'route']);
  });

  it('knows whether an edge more closes a cycle', () => {
    const edges = edgesOf(document);

    expect(wouldCycle(edges, 'good', 'a')).toBe(true);
    expect(wouldCycle(edges, 'a', 'a')).toBe(true);
    expect(wouldCycle(edges, 'a', 'good')).toBe(false);
  });
});
