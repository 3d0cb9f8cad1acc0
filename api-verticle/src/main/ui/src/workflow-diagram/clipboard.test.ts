import { describe, expect, it } from 'vitest';
import { clipFromText, clipToText, copy, paste } from './clipboard';
import type { WorkflowDocument } from './document';
import { edgesOf } from './edges';

const document: WorkflowDocument = {
  workflow: { name: 'w' },
  tasks: [
    { name: 'a', task_type: 'Shell' },
    { name: 'b', task_type: 'Shell', deps: ['a'] },
    { name: 'c', task_type: 'Shell', deps: ['b'] },
    { name: 'route', task_type: 'Switch', deps: ['c'], condition: [{ task: 'd' }] },
    { name: 'd', task_type: 'Shell' },
  ],
};
const positions = { b: { x: 0, y: 0 }, c: { x: 100, y: 0 } };

describe('copy and paste', () => {
  it('renames copies and leads their edges among themselves', () => {
    const clip = copy(document, positions, new Set(['b', 'c', 'route', 'd']));
    const pasted = paste(document, positions, clip, 0);

    expect(pasted.names).toEqual(['b_2', 'c_2', 'route_2', 'd_2']);
    expect(
      edgesOf(pasted.document)
        .map(({ from, to }) => `${from}>${to}`)
        .filter((edge) => edge.includes('_2')),
    ).toEqual(['a>b_2', 'b_2>c_2', 'c_2>route_2', 'route_2>d_2']);
    expect(pasted.positions.c_2).toEqual({ x: 140, y: 40 });
  });

  it('drops edges to tasks that the other document does not have', () => {
    const clip = copy(document, positions, new Set(['b']));
    const pasted = paste({ workflow: { name: 'v' }, tasks: [] }, {}, clip, 0);

    expect(pasted.document.tasks).toEqual([{ name: 'b', task_type: 'Shell' }]);
  });

  it('survives the way through the text of a clipboard', () => {
    const clip = copy(document, positions, new Set(['b']));

    expect(clipFromText(clipToText(clip))).toEqual(clip);
    expect(clipFromText('echo porpoise/tasks')).toBeNull();
  });
});
