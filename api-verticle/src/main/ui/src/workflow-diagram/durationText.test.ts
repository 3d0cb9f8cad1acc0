import { describe, expect, it } from 'vitest';
import { durationText } from './durationText';

const start = '2026-01-01T00:00:00.000Z';
const at = (millis: number): string => new Date(Date.parse(start) + millis).toISOString();

describe('durationText', () => {
  it.each([
    [840, '840 ms'],
    [12_345, '12 s'],
    [185_000, '3 min 5 s'],
    [7_800_000, '2 h 10 min'],
    [93_600_000, '1 d 2 h'],
  ])('%i ms', (millis, text) => {
    expect(durationText(start, at(millis), 0)).toBe(text);
  });

  it('counts on while there is no end, also with a clock that is behind', () => {
    expect(durationText(start, null, Date.parse(start) + 5_000)).toBe('5 s');
    expect(durationText(start, null, Date.parse(start) - 5_000)).toBe('0 s');
    expect(durationText(null, null, 0)).toBeNull();
  });
});
