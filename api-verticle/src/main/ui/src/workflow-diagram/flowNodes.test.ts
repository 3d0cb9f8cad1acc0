import { describe, expect, it } from 'vitest';
import { flowNodes } from './flowNodes';
import type { NodeInput } from './flowNodes';
import { graphOf } from './graph';

const graph = graphOf({
  workflow: { name: 'w' },
  tasks: [
    { name: 'a', task_type: 'Shell', command: '#!/bin/sh\n\necho hello\n' },
    { name: 'b', task_type: 'Condition', op: 'AND', groups: [{ op: 'OR', groups: [{ task: 'a', flag: false }] }] },
  ],
});
const input: NodeInput = {
  graph,
  positions: { a: { x: 8, y: 16 } },
  looks: undefined,
  types: undefined,
  faults: undefined,
  selected: new Set(),
  isEditable: false,
};

describe('flowNodes', () => {
  it('keeps the objects of nodes that have not changed', () => {
    const first = flowNodes([], input);
    const looks = new Map([['b', { state: 'RUNNING' }]]);
    const second = flowNodes(first, { ...input, graph: { ...graph, tasks: [...graph.tasks] }, looks });

    expect(second[0]).toBe(first[0]);
    expect(second[1]).not.toBe(first[1]);
    expect(flowNodes(second, { ...input, looks: new Map([['b', { state: 'RUNNING' }]]) })[1]).toBe(second[1]);
  });

  it('leaves a node under the pointer where it is', () => {
    const [a] = flowNodes([], input);
    const dragged = { ...a!, position: { x: 50, y: 50 }, dragging: true };

    expect(flowNodes([dragged], input)[0]?.position).toEqual({ x: 50, y: 50 });
  });

  it('gives a condition two ways out', () => {
    expect(flowNodes([], input)[1]?.handles?.map(({ id }) => id)).toEqual([null, 'success', 'failed']);
  });
});

describe('graphOf', () => {
  it('says the first thing worth knowing', () => {
    expect(graph.tasks.map(({ summary }) => summary)).toEqual(['echo hello', '!a']);
  });
});
