import { describe, expect, it } from 'vitest';
import { foldSame, lineDiff } from './lineDiff';

const signs = { same: ' ', added: '+', removed: '-' };
const shown = (before: string, after: string): string[] =>
  lineDiff(before, after).map(({ kind, text }) => signs[kind] + text);

describe('lineDiff', () => {
  it.each([
    ['a\nb\nc', 'a\nb\nc', [' a', ' b', ' c']],
    ['a\nb\nc', 'a\nx\nc', [' a', '-b', '+x', ' c']],
    ['a\nc', 'a\nb\nc', [' a', '+b', ' c']],
    ['a\nb\nc\nd', 'b\nd\ne', ['-a', ' b', '-c', ' d', '+e']],
  ])('%j to %j', (before, after, expected) => {
    expect(shown(before, after)).toEqual(expected);
  });

  it('never hangs on large texts', () => {
    const lines = (prefix: string): string => Array.from({ length: 3_000 }, (_, i) => prefix + i).join('\n');

    expect(lineDiff(lines('a'), lines('b'))).toHaveLength(6_000);
  });
});

describe('foldSame', () => {
  it('leaves out what is far from every change', () => {
    const rows = foldSame(lineDiff('1\n2\n3\n4\n5\n6', '1\n2\n3\n4\n5\nx'), 1);

    expect(rows.map((row) => (row.kind === 'gap' ? row.count : row.text))).toEqual([4, '5', '6', 'x']);
  });
});
