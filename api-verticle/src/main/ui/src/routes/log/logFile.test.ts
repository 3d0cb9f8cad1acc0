import { describe, expect, it } from 'vitest';
import type { LogHandlers } from '~/services/stream';
import { LogFile, type LogServer } from './logFile';
import { blockBytes } from './logModel';
import { countUntil, findText } from './logSearch';

/** A log of any length that reads as if it were there: line i is `line %010d`, 16 bytes with its break. */
class FakeLog implements LogServer {
  requests: [number, number][] = [];
  followed: { offset: number; handlers: LogHandlers; granted: number }[] = [];
  special = new Map<number, string>();

  constructor(
    public lines: number,
    public isComplete = true,
  ) {}

  get bytes() {
    return this.lines * 16;
  }

  end(bytes: number) {
    return this.read(Math.max(0, this.bytes - bytes), bytes);
  }

  read(offset: number, limit: number) {
    this.requests.push([offset, limit]);
    const end = Math.min(this.bytes, offset + limit);
    const first = Math.floor(offset / 16);
    let text = '';
    for (let line = first; line * 16 < end; line++) text += this.line(line + 1);
    const bytes = new TextEncoder().encode(text).subarray(offset - first * 16, end - first * 16);
    return Promise.resolve({ offset, bytes, size: this.bytes, isComplete: this.isComplete });
  }

  line(number: number): string {
    return `${this.special.get(number) ?? `line ${String(number).padStart(10, '0')}`}\n`;
  }

  follow(offset: number, handlers: LogHandlers) {
    const followed = { offset, handlers, granted: 0 };
    this.followed.push(followed);
    return { close: () => {}, grant: (bytes: number) => void (followed.granted += bytes) };
  }
}

const gigabyte = 2 ** 30 / 16;
const textAt = (file: LogFile, start: number) =>
  new TextDecoder().decode(file.model.bytesOf(start, file.model.linesFrom(start, 1)[0]!.end));
const never = new AbortController().signal;

describe('a log at the server', () => {
  it('of a gigabyte is opened at its end by one short request', async () => {
    const server = new FakeLog(gigabyte);
    const file = new LogFile(server);
    await file.open();

    const lines = file.model.linesBefore(file.model.size, 100);
    expect(textAt(file, lines.at(-1)!.start)).toBe(`line ${String(gigabyte).padStart(10, '0')}`);
    expect(server.requests).toEqual([[2 ** 30 - 2 * blockBytes, 2 * blockBytes]]);
    expect(server.followed).toEqual([]);
  });

  it('is read where it is wanted, each block once, also when it is asked for twice', async () => {
    const server = new FakeLog(gigabyte);
    const file = new LogFile(server);
    await file.open();
    server.requests = [];
    await Promise.all([file.ensure(5e8, 5e8 + 1000), file.ensure(5e8, 5e8 + 1000)]);
    await file.ensure(5e8, 5e8 + 1000);

    expect(server.requests).toHaveLength(1);
    expect(textAt(file, 5e8)).toBe('line 0031250001');
  });

  it('grows without asking, and grants what has been taken', async () => {
    const server = new FakeLog(100, false);
    const file = new LogFile(server);
    await file.open();
    const { handlers, offset } = server.followed[0]!;
    expect(offset).toBe(1600);
    handlers.onBytes(1600, new TextEncoder().encode('more\n'));

    expect(server.followed[0]!.granted).toBe(5);
    expect(textAt(file, 1600)).toBe('more');
    handlers.onEnd!();
    expect(file.isComplete).toBe(true);
  });

  it('grants nothing while nobody looks at the end, and makes up for it afterwards', async () => {
    const server = new FakeLog(100, false);
    const file = new LogFile(server);
    await file.open();
    file.setFollowed(false);
    server.followed[0]!.handlers.onBytes(1600, new TextEncoder().encode('more\n'));
    expect(server.followed[0]!.granted).toBe(0);

    file.setFollowed(true);
    expect(server.followed[0]!.granted).toBe(5);
  });

  it('goes on at the end of then when much was written in a pause; what was left out can be read', async () => {
    const server = new FakeLog(100, false);
    const file = new LogFile(server);
    await file.open();
    file.setFollowed(false);
    const grown = 16 * 1_000_000;
    const bytes = (await server.read(1600, 2 * blockBytes)).bytes;
    server.lines = 1_000_000;
    const more = (await server.read(1600, 2 * blockBytes)).bytes;
    expect(bytes).toHaveLength(0);
    server.followed[0]!.handlers.onBytes(1600, more);
    file.setFollowed(true);
    await new Promise((resolve) => setTimeout(resolve, 10));

    expect(server.followed[1]!.offset).toBe(grown);
    await file.ensure(8_000_000, 8_000_100);
    expect(textAt(file, 8_000_000)).toBe('line 0000500001');
  });
});

describe('searching', () => {
  it('finds the next line with the text, whatever its case, and goes round at the end', async () => {
    const server = new FakeLog(150_000);
    server.special.set(100_000, 'line with ERROR');
    const file = new LogFile(server);
    await file.open();
    const find = (from: number, direction: 1 | -1) => findText(file, 'error', from, direction, never, () => {});

    expect(await find(0, 1)).toBe(99_999 * 16);
    expect(await find(file.model.size - 16, 1)).toBe(99_999 * 16);
    expect(await find(file.model.size, -1)).toBe(99_999 * 16);
    expect(await findText(file, 'nowhere', 0, 1, never, () => {})).toBeNull();
  });

  it('looks behind colours', async () => {
    const server = new FakeLog(1000);
    server.special.set(500, 'a\u001b[31mb\u001b[0mcd.');
    const file = new LogFile(server);
    await file.open();

    expect(await findText(file, 'abcd', 0, 1, never, () => {})).toBe(499 * 16);
  });
});

describe('counting', () => {
  it('makes numbers exact by reading once what is not kept', async () => {
    const server = new FakeLog(300_000);
    const file = new LogFile(server);
    await file.open();
    expect(file.model.numberOf(server.bytes - 16)!.from).toBe('end');
    await countUntil(file, () => false, never, () => {});

    expect(file.model.numberOf(server.bytes - 16)).toEqual({ from: 'start', line: 300_000 });
    expect(file.model.blockOfLine(200_000)).not.toBeNull();
  });
});
