import { describe, expect, it } from 'vitest';
import { blockBytes, LogModel, pieceBytes } from './logModel';

const encode = (text: string) => new TextEncoder().encode(text);
const textOf = (model: LogModel, line: { start: number; end: number }) =>
  new TextDecoder().decode(model.bytesOf(line.start, line.end));

function modelOf(text: string): LogModel {
  const model = new LogModel();
  model.put(0, encode(text));
  return model;
}

/** Lines of 16 bytes: `line 00000000001\n`, counted from 1. */
function manyLines(count: number): string {
  return Array.from({ length: count }, (_, index) => `line ${String(index + 1).padStart(10, '0')}\n`).join('');
}

describe('lines', () => {
  it('are cut at line breaks; an empty one and one without its break are lines too', () => {
    const model = modelOf('a\n\nbc');

    expect(model.linesFrom(0, 10).map((line) => textOf(model, line))).toEqual(['a', '', 'bc']);
    expect(model.linesBefore(model.size, 10).map((line) => textOf(model, line))).toEqual(['a', '', 'bc']);
  });

  it('are the same backwards as forwards, over the borders of blocks', () => {
    const model = modelOf(manyLines(20_000));
    const forwards = model.linesFrom(0, 20_000);

    expect(forwards).toHaveLength(20_000);
    expect(model.linesBefore(model.size, 20_000)).toEqual(forwards);
    expect(textOf(model, forwards[8_191]!)).toBe('line 0000008192');
  });

  it('that are too long come in the same pieces from everywhere', () => {
    const text = `short\n${'x'.repeat(5 * pieceBytes + 17)}\nlast\n`;
    const model = modelOf(text);
    const forwards = model.linesFrom(0, 100);

    expect(forwards.map((line) => line.isContinued)).toEqual([false, false, true, true, true, true, false]);
    expect(forwards.map((line) => textOf(model, line)).join('')).toBe(text.replaceAll('\n', ''));
    expect(model.linesBefore(model.size, 100)).toEqual(forwards);
    for (let at = 0; at < model.size; at += 97) {
      const holder = forwards.find((line) => line.start <= at && at < line.next)!;
      expect(model.pieceStart(at), `byte ${at}`).toBe(holder.start);
    }
  });

  it('end where the bytes end that are there, and go on when more come', () => {
    const text = manyLines(10_000);
    const model = new LogModel();
    model.put(0, encode(text.slice(0, 40)), text.length);

    expect(model.linesFrom(0, 10)).toHaveLength(2);

    model.put(40, encode(text.slice(40, 64)));
    expect(model.linesFrom(0, 10)).toHaveLength(4);
  });

  it('grow with the log', () => {
    const model = modelOf('first\nsec');
    model.put(9, encode('ond\nthird'));

    expect(model.linesFrom(0, 10).map((line) => textOf(model, line))).toEqual(['first', 'second', 'third']);
  });
});

describe('line numbers', () => {
  const text = manyLines(30_000);
  const bytes = encode(text);

  it('are exact when everything before is counted', () => {
    const model = modelOf(text);

    expect(model.numberOf(0)).toEqual({ from: 'start', line: 1 });
    expect(model.numberOf(16 * 20_000)).toEqual({ from: 'start', line: 20_001 });
  });

  it('count from the end of an opened log whose begin is not known', () => {
    const model = new LogModel();
    const from = 2 * blockBytes;
    model.put(from, bytes.subarray(from), bytes.length);
    model.setMark(model.size);

    expect(model.numberOf(16 * 29_999)).toEqual({ from: 'end', line: -1 });
    expect(model.numberOf(from)).toEqual({ from: 'end', line: -(30_000 - from / 16) });
    model.put(model.size, encode('new 1\nnew 2\n'));
    expect(model.numberOf(bytes.length)).toEqual({ from: 'end', line: 1 });
    expect(model.numberOf(bytes.length + 6)).toEqual({ from: 'end', line: 2 });
  });

  it('become exact once the rest is counted, without its bytes being kept', () => {
    const model = new LogModel();
    const from = 2 * blockBytes;
    model.put(from, bytes.subarray(from), bytes.length);
    model.setMark(model.size);
    model.count(0, bytes.subarray(0, blockBytes));
    model.count(1, bytes.subarray(blockBytes, from));

    expect(model.numberOf(16 * 29_999)).toEqual({ from: 'start', line: 30_000 });
    expect(model.has(0)).toBe(false);
  });

  it('lead to their line', () => {
    const model = modelOf(text);
    for (const line of [1, 2, 8_192, 8_193, 20_000, 30_000]) {
      const found = model.blockOfLine(line);
      expect(found).not.toBe('beyond');
      const { index, breaks } = found as { index: number; breaks: number };
      const start = breaks === 0 ? index * blockBytes : model.behindBreak(index, breaks);
      expect(start, `line ${line}`).toBe((line - 1) * 16);
    }
    expect(model.blockOfLine(40_000)).toBe('beyond');
  });

  it('cannot be found before the counting has come so far', () => {
    const model = new LogModel();
    model.put(0, bytes.subarray(0, blockBytes), bytes.length);

    expect(model.blockOfLine(20_000)).toBeNull();
  });
});

describe('memory', () => {
  it('keeps the blocks that were used last', () => {
    const model = new LogModel(2);
    const whole = new Uint8Array(4 * blockBytes).fill(10);
    model.put(0, whole.subarray(0, 2 * blockBytes), whole.length);
    model.touch(0, 1);
    model.put(2 * blockBytes, whole.subarray(2 * blockBytes, 3 * blockBytes), whole.length);

    expect([0, 1, 2].map((index) => model.has(index))).toEqual([true, false, true]);
    expect(model.countedBytes).toBe(3 * blockBytes);
  });
});
