import { describe, expect, it } from 'vitest';
import { edgesOf } from './edges';
import { keepExisting, ofTasks, singleTask, withoutSelection } from './selection';

const document = {
  workflow: { name: 'w' },
  tasks: [
    { name: 'a', task_type: 'Shell' },
    { name: 'b', task_type: 'Shell', deps: ['a'] },
    { name: 'c', task_type: 'Shell', deps: ['a', 'b'] },
  ],
};

describe('a selection', () => {
  it('is one task, or not', () => {
    expect(singleTask(ofTasks(['a']))).toBe('a');
    expect(singleTask(ofTasks(['a', 'b']))).toBeNull();
  });

  it('loses what is gone', () => {
    expect([...keepExisting(ofTasks(['a', 'z']), document).tasks]).toEqual(['a']);
  });

  it('is taken away with its edges, and edges alone', () => {
    const [first] = edgesOf(document);
    const left = withoutSelection(document, { tasks: new Set(['b']), edges: new Set([first!.id]) });

    expect(left.tasks.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(edgesOf(left).map(({ from, to }) => from + to)).toEqual(['ac']);
  });
});
