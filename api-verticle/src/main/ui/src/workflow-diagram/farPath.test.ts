import { describe, expect, it } from 'vitest';
import { farPath } from './farPath';

describe('farPath', () => {
  it('goes from the right side of a task to the left side of the next', () => {
    const places = new Map([
      ['a', { x: 0, y: 0 }],
      ['b', { x: 416, y: 100 }],
    ]);
    const edges = [
      { id: '1', from: 'a', to: 'b' },
      { id: '2', from: 'a', to: 'gone' },
    ];

    expect(farPath(edges, places)).toBe('M216 36C316 36 316 136 416 136');
  });
});
