import { describe, expect, it } from 'vitest';
import { begin, record, redo, undo } from './history';

describe('history', () => {
  it('goes back and forth', () => {
    const history = record(record(begin('a'), 'b', null, 0), 'c', null, 0);

    expect(undo(history).present).toBe('b');
    expect(undo(undo(history)).present).toBe('a');
    expect(undo(undo(undo(history))).present).toBe('a');
    expect(redo(undo(history))).toMatchObject({ past: ['a', 'b'], present: 'c', future: [] });
  });

  it('forgets what was undone when something new is done', () => {
    const history = record(undo(record(begin('a'), 'b', null, 0)), 'c', null, 0);

    expect(redo(history).present).toBe('c');
  });

  it('takes quick changes of one thing as one step', () => {
    const typed = ['ab', 'abc'].reduce((h, text, i) => record(h, text, 'name', 1_000 * i), begin('a'));

    expect(undo(typed).present).toBe('a');
    expect(undo(record(typed, 'abcd', 'name', 9_000)).present).toBe('abc');
    expect(undo(record(typed, 'x', 'other', 1_100)).present).toBe('abc');
  });

  it('makes no step of no change', () => {
    const history = begin('a');

    expect(record(history, 'a', null, 0)).toBe(history);
  });
});
