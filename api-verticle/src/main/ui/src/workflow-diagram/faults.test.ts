import { describe, expect, it } from 'vitest';
import type { WorkflowDocument } from './document';
import { faultsByTask, fieldMessages, innerMessage, placeFaults } from './faults';

const document: WorkflowDocument = {
  workflow: { name: 'w' },
  tasks: [
    { name: 'a', task_type: 'Shell' },
    { name: 'route', task_type: 'Switch' },
  ],
};
const placed = placeFaults(document, [
  { path: 'tasks[0]', message: '"command" is missing' },
  { path: 'tasks[1].condition[1].condition', message: 'not a condition' },
  { path: 'tasks[1]', message: 'cycle: route -> route' },
  { path: 'workflow.param.day', message: 'must be a date' },
  { path: '', message: 'and 3 more errors' },
]);

describe('placeFaults', () => {
  it('finds the task and the field', () => {
    expect(placed.map(({ task, field, rest }) => [task, field, rest])).toEqual([
      ['a', 'command', ''],
      ['route', 'condition', '[1].condition'],
      ['route', null, ''],
      [null, 'param', '.day'],
      [null, null, ''],
    ]);
  });

  it('counts by task', () => {
    expect([...faultsByTask(placed)].map(([task, list]) => [task, list.length])).toEqual([
      ['a', 1],
      ['route', 2],
    ]);
  });

  it('gives the messages of a field', () => {
    expect(fieldMessages(placed, 'a', 'command')).toBe('"command" is missing');
    expect(fieldMessages(placed, null, 'param')).toBe('.day: must be a date');
    expect(fieldMessages(placed, 'a', 'name')).toBeUndefined();
    expect(innerMessage(placed, 'route', 'condition', '[1].condition')).toBe('not a condition');
  });
});
