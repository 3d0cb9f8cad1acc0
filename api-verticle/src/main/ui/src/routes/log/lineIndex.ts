import { blockBytes } from './logModel';

/** `start`: counted from the beginning, from 1. `end`: from where the log ended at first; the last whole line is -1. */
export interface LineNumber {
  from: 'start' | 'end';
  line: number;
}

/**
 * How many line breaks each block has that was ever seen whole, kept for ever: a number for 128 KiB. From them come
 * exact numbers as far as all blocks from the beginning are counted, and numbers relative to a mark elsewhere.
 */
export class LineIndex {
  private readonly breaks: (number | undefined)[] = [];
  /** `before[i]`: breaks before block i, as far as all before are counted. */
  private readonly before: number[] = [0];
  private mark = 0;
  /** `behind[i]`: breaks from the begin of the i-th block before the mark's one up to the mark. */
  private behind: number[] = [];

  has(index: number): boolean {
    return this.breaks[index] !== undefined;
  }

  add(index: number, breaks: number): void {
    if (this.has(index)) return;
    this.breaks[index] = breaks;
    for (let next = this.before.length - 1; this.breaks[next] !== undefined; next++) {
      this.before.push(this.before[next]! + this.breaks[next]!);
    }
    this.growBehind();
  }

  /** Blocks that are counted from the beginning without a gap, and the breaks in them. */
  get counted(): { blocks: number; breaks: number } {
    return { blocks: this.before.length - 1, breaks: this.before.at(-1)! };
  }

  /** Numbers that are not exact count from here. */
  setMark(offset: number, breaksInItsBlock: number): void {
    this.mark = offset;
    this.behind = [breaksInItsBlock];
    this.growBehind();
  }

  private growBehind(): void {
    if (this.behind.length === 0) return;
    for (;;) {
      const breaks = this.breaks[this.markedBlock - this.behind.length];
      if (breaks === undefined) return;
      this.behind.push(this.behind.at(-1)! + breaks);
    }
  }

  private get markedBlock(): number {
    return Math.floor(this.mark / blockBytes);
  }

  /** Of a line that has so many breaks of its block before it; null when too little is counted. */
  numberOf(index: number, within: number): LineNumber | null {
    if (index < this.before.length) return { from: 'start', line: this.before[index]! + within + 1 };
    if (this.behind.length === 0) return null;
    const behind = this.behind[this.markedBlock - index];
    if (behind !== undefined) {
      const line = within - behind;
      return { from: 'end', line: line >= 0 ? line + 1 : line };
    }
    if (index <= this.markedBlock) return null;
    let breaks = (this.breaks[this.markedBlock] ?? Number.NaN) - this.behind[0]!;
    for (let i = this.markedBlock + 1; i < index; i++) breaks += this.breaks[i] ?? Number.NaN;
    return Number.isNaN(breaks) ? null : { from: 'end', line: breaks + within + 1 };
  }

  /** The counted block that holds the n-th break (or begins the log, for 0), and which of its breaks that is. */
  blockOfBreak(n: number): { index: number; breaks: number } {
    let low = 0;
    let high = this.before.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.before[middle + 1]! >= n) high = middle;
      else low = middle + 1;
    }
    return { index: low, breaks: n - this.before[low]! };
  }
}
