import { describe, expect, it } from 'vitest';
import { readRows, writeGlobals, writeLocal } from './parameterRows';
import type { ParameterRow } from './parameterRows';

const row = (prop: string, type: ParameterRow['type'], value: string): ParameterRow => ({
  prop,
  direct: 'IN',
  type,
  value,
});

describe('readRows', () => {
  it.each<[unknown, ParameterRow]>([
    [{ a: 'text' }, row('a', 'VARCHAR', 'text')],
    [{ a: 5 }, row('a', 'INTEGER', '5')],
    [{ a: 1.5 }, row('a', 'FLOAT', '1.5')],
    [{ a: true }, row('a', 'BOOLEAN', 'true')],
    [{ a: ['x'] }, row('a', 'LIST', '["x"]')],
    [{ a: 'DATE(2026-01-31)' }, row('a', 'DATE', '2026-01-31')],
    [{ a: 'NOTYPE(1)' }, row('a', 'VARCHAR', 'NOTYPE(1)')],
    [['a'], row('a', 'VARCHAR', '')],
    [[{ a: 'FILE(o.txt)' }], row('a', 'FILE', 'o.txt')],
    [[{ prop: 'a', type: 'long', value: 7 }], row('a', 'LONG', '7')],
  ])('reads %j', (written, expected) => {
    expect(readRows(written, 'IN', true)).toEqual([expected]);
  });

  it('takes a typed text in globals as it is', () => {
    expect(readRows({ a: 'DATE(1)' }, 'IN', false)).toEqual([row('a', 'VARCHAR', 'DATE(1)')]);
  });

  it('keeps the direction that a full form says', () => {
    expect(readRows([{ prop: 'a', direct: 'OUT' }], 'IN', true)[0]?.direct).toBe('OUT');
  });
});

describe('write', () => {
  const rows = [
    row('a', 'VARCHAR', 'x'),
    row('b', 'INTEGER', '5'),
    row('c', 'INTEGER', ''),
    row('d', 'DATE', '2026-01-31'),
    row('e', 'BOOLEAN', 'true'),
    row('f', 'VARCHAR', 'DATE(1)'),
  ];

  it('writes parameters of tasks as a map that reads back the same', () => {
    expect(writeLocal(rows)).toEqual({
      a: 'x',
      b: 5,
      c: 'INTEGER()',
      d: 'DATE(2026-01-31)',
      e: true,
      f: 'VARCHAR(DATE(1))',
    });
    expect(readRows(writeLocal(rows), 'IN', true)).toEqual(rows);
  });

  it('writes globals as a map only where no type is lost', () => {
    expect(writeGlobals([row('a', 'VARCHAR', 'x')])).toEqual({ a: 'x' });
    expect(readRows(writeGlobals(rows), 'IN', false)).toEqual(rows);
  });

  it('loses no row that a map could not hold', () => {
    const unfinished = [row('', 'VARCHAR', ''), row('a', 'VARCHAR', '1'), row('a', 'VARCHAR', '2'), row('7', 'VARCHAR', '')];

    expect(readRows(writeLocal(unfinished), 'IN', true)).toEqual(unfinished);
    expect(readRows(writeGlobals(unfinished), 'IN', false)).toEqual(unfinished);
  });
});
