import { describe, expect, it } from 'vitest';
import type { DiagramEdge } from './edges';
import { layoutGraph, layoutKey, readPositions } from './layout';
import { freePlace } from './positions';

const edges: DiagramEdge[] = [{ id: '1', from: 'a.b', to: 'c', kind: 'dep' }];

describe('layout', () => {
  it('names nodes by index, as names are free text', () => {
    const graph = layoutGraph(['a.b', 'c'], edges, 'RIGHT');

    expect(graph.children?.map(({ id }) => id)).toEqual(['0', '1']);
    expect(graph.edges).toEqual([{ id: 'e0', sources: ['0'], targets: ['1'] }]);
  });

  it('reads places back on the grid', () => {
    const result = { id: 'root', children: [{ id: '1', width: 1, height: 1, x: 13, y: 3 }] };

    expect(readPositions(['a.b', 'c'], result)).toEqual({ c: { x: 16, y: 0 } });
  });

  it('depends on tasks and edges only', () => {
    expect(layoutKey(['a.b', 'c'], edges)).not.toBe(layoutKey(['a.b', 'c'], []));
  });
});

describe('freePlace', () => {
  it('moves down until nothing is covered', () => {
    const positions = { a: { x: 0, y: 0 }, b: { x: 0, y: 96 } };

    expect(freePlace(positions, { x: 8, y: 0 })).toEqual({ x: 8, y: 192 });
    expect(freePlace(positions, { x: 300, y: 0 })).toEqual({ x: 304, y: 0 });
  });
});
