import { describe, expect, it } from 'vitest';
import { placeMissing } from './placeMissing';

describe('placeMissing', () => {
  it('puts a new task behind what it follows, and others below', () => {
    const edges = [
      { id: '1', from: 'a', to: 'c' },
      { id: '2', from: 'c', to: 'd' },
    ];
    const places = placeMissing(['a', 'b', 'c', 'd'], edges, { a: { x: 0, y: 0 }, gone: { x: 0, y: 900 } });

    expect(places).toEqual({ a: { x: 0, y: 0 }, b: { x: 0, y: 96 }, c: { x: 312, y: 0 }, d: { x: 624, y: 0 } });
  });

  it('ends in a cycle as well', () => {
    const edges = [
      { id: '1', from: 'a', to: 'b' },
      { id: '2', from: 'b', to: 'a' },
    ];

    expect(Object.keys(placeMissing(['a', 'b'], edges, {}))).toEqual(['a', 'b']);
  });
});
