import { describe, expect, it } from 'vitest';
import { bytesText, durationText, lastedMillis } from './timeText';

describe('durations', () => {
  it.each([
    [0, '0 ms'],
    [840, '840 ms'],
    [12_340, '12.3 s'],
    [59_999, '59.9 s'],
    [245_000, '4 min 5 s'],
    [11_520_000, '3 h 12 min'],
    [187_200_000, '2 d 4 h'],
  ])('%d ms is %s', (millis, text) => {
    expect(durationText(millis)).toBe(text);
  });

  it('count to now while there is no end, and do not begin before the start', () => {
    expect(lastedMillis('2026-11-20T02:00:00Z', null, Date.parse('2026-11-20T02:00:09Z'))).toBe(9_000);
    expect(lastedMillis(null, null, 0)).toBeNull();
  });
});

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1536, '1.5 KiB'],
    [1_073_741_824, '1.0 GiB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });
});
