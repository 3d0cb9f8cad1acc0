import { LineIndex, type LineNumber } from './lineIndex';

/**
 * What is known of a log: some of its bytes, in blocks, and how many lines the blocks have that were ever seen.
 *
 * A log may have gigabytes, so it is never read as a whole to show a part of it. Bytes come and go (the longest unused
 * blocks make room); the number of line breaks of a block is kept for ever, 8 bytes for 128 KiB. Line numbers are exact
 * as soon as all blocks before are counted; else they count from where the log ended when it was opened.
 *
 * A line that is longer than {@link pieceBytes} is shown in pieces. They begin at multiples of that length, which
 * anybody can find from anywhere in the log: such a place begins a piece when no line break is in the stretch before it.
 */
export const blockBytes = 128 * 1024;
export const pieceBytes = 8 * 1024;
const newline = 10;

export interface Line {
  /** Of its first byte. */
  start: number;
  /** Behind its last byte, the line break not counted. */
  end: number;
  /** Where the next one begins. */
  next: number;
  /** Goes on with the line before it, which was too long. */
  isContinued: boolean;
}

interface Block {
  bytes: Uint8Array;
  length: number;
}

export class LogModel {
  /** Bytes of the log, as far as is known. */
  size = 0;
  private readonly blocks = new Map<number, Block>();
  private readonly index = new LineIndex();

  constructor(private readonly blocksMost = 256) {}

  /** Takes bytes at an offset: whole blocks, or what follows bytes that are there already. The rest is left out. */
  put(offset: number, bytes: Uint8Array, size = offset + bytes.length): void {
    this.size = Math.max(this.size, size, offset + bytes.length);
    let at = offset;
    while (at < offset + bytes.length) {
      const index = Math.floor(at / blockBytes);
      const within = at - index * blockBytes;
      const length = Math.min(blockBytes - within, offset + bytes.length - at);
      this.putInBlock(index, within, bytes.subarray(at - offset, at - offset + length));
      at += length;
    }
    this.makeRoom();
  }

  private putInBlock(index: number, within: number, bytes: Uint8Array): void {
    const known = this.blocks.get(index);
    const length = known?.length ?? 0;
    if (within > length) return;
    const end = within + bytes.length;
    if (end > length) {
      const block = known ?? { bytes: new Uint8Array(Math.min(blockBytes, Math.max(end, 4096))), length: 0 };
      if (end > block.bytes.length) {
        const larger = new Uint8Array(Math.min(blockBytes, Math.max(end, block.bytes.length * 2)));
        larger.set(block.bytes);
        block.bytes = larger;
      }
      block.bytes.set(bytes, within);
      block.length = end;
      this.blocks.delete(index);
      this.blocks.set(index, block);
      if (end === blockBytes) this.count(index, block.bytes);
    }
  }

  private makeRoom(): void {
    for (const index of this.blocks.keys()) {
      if (this.blocks.size <= this.blocksMost) return;
      this.blocks.delete(index);
    }
  }

  /** Whether all bytes of a block that the log has are here. */
  has(index: number): boolean {
    const block = this.blocks.get(index);
    return block !== undefined && block.length >= Math.min(blockBytes, this.size - index * blockBytes);
  }

  /** Bytes of a whole block, for counting only. */
  count(index: number, bytes: Uint8Array): void {
    if (!this.index.has(index)) this.index.add(index, countBreaks(bytes, 0, blockBytes));
  }

  /** How far the log is counted from its beginning without a gap, in bytes. */
  get countedBytes(): number {
    return this.index.counted.blocks * blockBytes;
  }

  /** Line numbers that are not exact count from here; the block must be here. */
  setMark(offset: number): void {
    const index = Math.floor(offset / blockBytes);
    this.index.setMark(offset, this.breaksWithin(index, offset) ?? 0);
  }

  /** Of the line that begins at or goes on at an offset; null when too little is known. */
  numberOf(start: number): LineNumber | null {
    const index = Math.floor(start / blockBytes);
    const within = this.breaksWithin(index, start);
    return within === null ? null : this.index.numberOf(index, within);
  }

  private breaksWithin(index: number, until: number): number | null {
    const length = until - index * blockBytes;
    if (length === 0) return 0;
    const block = this.blocks.get(index);
    return block && block.length >= length ? countBreaks(block.bytes, 0, length) : null;
  }

  /**
   * Where the search for a line by its number begins: the block that it is in, and how many breaks of that block are
   * before it. Null when the counting has not come so far, `beyond` when the log has not so many lines.
   */
  blockOfLine(line: number): { index: number; breaks: number } | 'beyond' | null {
    const wanted = line - 1;
    const { blocks, breaks } = this.index.counted;
    if (wanted <= breaks) return this.index.blockOfBreak(wanted);
    return this.countedBytes + blockBytes > this.size ? this.lineInTail(blocks, wanted - breaks) : null;
  }

  private lineInTail(index: number, breaks: number): { index: number; breaks: number } | 'beyond' | null {
    const block = this.blocks.get(index);
    if (!block) return this.size <= index * blockBytes ? 'beyond' : null;
    return countBreaks(block.bytes, 0, block.length) >= breaks ? { index, breaks } : 'beyond';
  }

  /** The offset behind the n-th break of a block that is here; its begin for n = 0 is the caller's business. */
  behindBreak(index: number, n: number): number {
    const block = this.blocks.get(index)!;
    let at = -1;
    for (let i = 0; i < n; i++) at = indexOfBreak(block.bytes, at + 1, block.length);
    return index * blockBytes + at + 1;
  }

  /** Begin of the piece that a byte is in; null when too little is here. */
  pieceStart(at: number): number | null {
    const offset = Math.min(at, this.size);
    const found = this.lastBreakBefore(offset, offset - 2 * pieceBytes);
    if (found === 'missing') return null;
    if (found === null) return Math.floor(offset / pieceBytes) * pieceBytes;
    let start = found + 1;
    while (nextBoundary(start) <= offset && nextBoundary(start) < this.size) start = nextBoundary(start);
    return start;
  }

  /** Lines from the begin of a piece on, as far as they are here. */
  linesFrom(start: number, linesMost: number, until = Infinity): Line[] {
    const lines: Line[] = [];
    let at = start;
    let isContinued = at > 0 && (this.byteAt(at - 1) ?? newline) !== newline;
    while (lines.length < linesMost && at < Math.min(this.size, until)) {
      const limit = Math.min(nextBoundary(at), this.size);
      const found = this.firstBreak(at, limit);
      if (found === 'missing') break;
      const line =
        found === null
          ? { start: at, end: limit, next: limit, isContinued }
          : { start: at, end: found, next: found + 1, isContinued };
      lines.push(line);
      isContinued = found === null;
      at = line.next;
    }
    return lines;
  }

  /** Lines that end where a piece begins, oldest first, as far as they are here. */
  linesBefore(start: number, linesMost: number): Line[] {
    const lines: Line[] = [];
    let at = start;
    while (at > 0 && lines.length < linesMost) {
      const begin = this.pieceStart(at - 1);
      if (begin === null) break;
      const line = this.linesFrom(begin, 1)[0];
      if (!line || line.next > at) break;
      lines.push(line);
      at = begin;
    }
    return lines.reverse();
  }

  /** The bytes of a stretch that is here; shorter when it is not. */
  bytesOf(from: number, to: number): Uint8Array {
    const index = Math.floor(from / blockBytes);
    const begin = index * blockBytes;
    const block = this.blocks.get(index);
    if (!block) return new Uint8Array();
    const first = block.bytes.subarray(from - begin, Math.min(block.length, to - begin));
    if (to <= begin + blockBytes) return first;
    const rest = this.bytesOf(begin + blockBytes, to);
    const whole = new Uint8Array(first.length + rest.length);
    whole.set(first);
    whole.set(rest, first.length);
    return whole;
  }

  /** Marks blocks as used, so that they stay longest. */
  touch(from: number, to: number): void {
    for (let index = Math.floor(from / blockBytes); index * blockBytes < to; index++) {
      const block = this.blocks.get(index);
      if (block) {
        this.blocks.delete(index);
        this.blocks.set(index, block);
      }
    }
  }

  private byteAt(offset: number): number | null {
    const index = Math.floor(offset / blockBytes);
    const block = this.blocks.get(index);
    const within = offset - index * blockBytes;
    return block && within < block.length ? block.bytes[within]! : null;
  }

  private firstBreak(from: number, to: number): number | null | 'missing' {
    for (let at = from; at < to; ) {
      const index = Math.floor(at / blockBytes);
      const begin = index * blockBytes;
      const end = Math.min(to - begin, blockBytes);
      const block = this.blocks.get(index);
      if (!block) return 'missing';
      const found = block.bytes.subarray(at - begin, Math.min(end, block.length)).indexOf(newline);
      if (found >= 0) return at + found;
      if (block.length < end) return 'missing';
      at = begin + end;
    }
    return null;
  }

  private lastBreakBefore(to: number, from: number): number | null | 'missing' {
    const lowest = Math.max(0, from);
    for (let at = to; at > lowest; ) {
      const index = Math.floor((at - 1) / blockBytes);
      const begin = index * blockBytes;
      const block = this.blocks.get(index);
      if (!block || block.length < at - begin) return 'missing';
      const floor = Math.max(0, lowest - begin);
      const found = block.bytes.subarray(floor, at - begin).lastIndexOf(newline);
      if (found >= 0) return begin + floor + found;
      at = begin + floor;
    }
    // The log itself begins a line.
    return from <= 0 ? -1 : null;
  }
}

/** Where a piece ends at the latest that begins here. */
function nextBoundary(start: number): number {
  return Math.ceil((start + pieceBytes) / pieceBytes) * pieceBytes;
}

function countBreaks(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = indexOfBreak(bytes, from, to); at >= 0; at = indexOfBreak(bytes, at + 1, to)) count += 1;
  return count;
}

function indexOfBreak(bytes: Uint8Array, from: number, to: number): number {
  const at = bytes.indexOf(newline, from);
  return at >= 0 && at < to ? at : -1;
}
