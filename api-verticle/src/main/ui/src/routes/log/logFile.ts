import { HttpProblem } from '~/services/http';
import type { LogPart } from '~/services/logBytes';
import type { LogHandlers, LogSubscription } from '~/services/stream';
import { blockBytes, LogModel } from './logModel';

export interface LogServer {
  read(offset: number, limit: number, signal?: AbortSignal): Promise<LogPart>;
  /** The last bytes, so many at most. */
  end(bytes: number, signal?: AbortSignal): Promise<LogPart>;
  follow(offset: number, handlers: LogHandlers): LogSubscription;
}

/** Read at the opening: enough for some screens, with at least one whole block. */
const endBytes = 2 * blockBytes;
const requestBlocks = 8;

/**
 * A log at the server: reads ranges of it where they are wanted, and follows its end. While nobody looks at the end no
 * further bytes are granted, so that a log that grows fast costs nothing; what was left out is read when it is wanted.
 */
export class LogFile {
  readonly model = new LogModel();
  isComplete = false;
  isOpen = false;
  problem: unknown = null;
  private isFollowed = true;
  private owedBytes = 0;
  private subscription: LogSubscription | null = null;
  private readonly loading = new Map<number, Promise<void>>();
  private readonly listeners = new Set<() => void>();
  private readonly ending = new AbortController();
  private version = 0;

  constructor(private readonly server: LogServer) {}

  readonly watch = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Another number after each change. */
  readonly snapshot = (): number => this.version;

  async open(): Promise<void> {
    try {
      await this.readEnd();
      this.model.setMark(this.model.size);
      this.isOpen = true;
      if (!this.isComplete) this.subscribe();
    } catch (problem) {
      if (this.ending.signal.aborted) return;
      this.problem = problem;
    }
    this.changed();
  }

  close(): void {
    this.ending.abort();
    this.subscription?.close();
  }

  /** Whether somebody looks at the end: only then more bytes are wanted there. */
  setFollowed(isFollowed: boolean): void {
    if (isFollowed === this.isFollowed) return;
    this.isFollowed = isFollowed;
    if (!isFollowed || this.isComplete || !this.subscription) return;
    if (this.owedBytes < endBytes) {
      this.grant(0);
      return;
    }
    // Much may have been written meanwhile: go on at the end as it is now.
    this.subscription.close();
    this.subscription = null;
    this.owedBytes = 0;
    void this.readEnd()
      .then(() => {
        this.changed();
        if (!this.isComplete) this.subscribe();
      })
      .catch((problem: unknown) => this.fail(problem));
  }

  /** Makes the bytes of a stretch be there; what is there already takes no time. */
  async ensure(from: number, to: number): Promise<void> {
    const first = Math.max(0, Math.floor(from / blockBytes));
    const last = Math.floor((Math.min(to, this.model.size) - 1) / blockBytes);
    const waits: Promise<void>[] = [];
    for (let index = first; index <= last; index++) {
      if (this.model.has(index)) continue;
      const under = this.loading.get(index);
      if (under) {
        waits.push(under);
        continue;
      }
      let end = index + 1;
      while (end <= last && end - index < requestBlocks && !this.model.has(end) && !this.loading.has(end)) end += 1;
      const load = this.load(index, end);
      for (let block = index; block < end; block++) this.loading.set(block, load);
      waits.push(load);
      index = end - 1;
    }
    await Promise.all(waits);
  }

  isHere(from: number, to: number): boolean {
    const last = Math.floor((Math.min(to, this.model.size) - 1) / blockBytes);
    for (let index = Math.max(0, Math.floor(from / blockBytes)); index <= last; index++) {
      if (!this.model.has(index)) return false;
    }
    return true;
  }

  /** Bytes for a search or for counting: from memory, or read and not kept. */
  async pass(from: number, to: number, signal: AbortSignal): Promise<Uint8Array> {
    if (this.isHere(from, to)) return this.model.bytesOf(from, to);
    const part = await this.server.read(from, to - from, signal);
    for (let at = Math.ceil(from / blockBytes) * blockBytes; at + blockBytes <= from + part.bytes.length; at += blockBytes) {
      this.model.count(at / blockBytes, part.bytes.subarray(at - from, at - from + blockBytes));
    }
    return part.bytes;
  }

  changed(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }

  private async load(first: number, end: number): Promise<void> {
    try {
      const part = await this.server.read(first * blockBytes, (end - first) * blockBytes, this.ending.signal);
      this.model.put(part.offset, part.bytes, part.size);
    } finally {
      for (let block = first; block < end; block++) this.loading.delete(block);
    }
  }

  private async readEnd(): Promise<void> {
    const part = await this.server.end(endBytes, this.ending.signal);
    this.isComplete = part.isComplete;
    this.model.put(part.offset, part.bytes, part.size);
  }

  private subscribe(): void {
    if (this.ending.signal.aborted) return;
    this.subscription = this.server.follow(this.model.size, {
      onBytes: (offset, bytes) => {
        this.model.put(offset, bytes);
        if (this.isFollowed) this.grant(bytes.length);
        else this.owedBytes += bytes.length;
        this.changed();
      },
      onEnd: () => {
        this.isComplete = true;
        this.changed();
      },
      onProblem: (code, detail) => this.fail(new HttpProblem(410, code, detail)),
    });
  }

  private grant(bytes: number): void {
    const owed = this.owedBytes + bytes;
    this.owedBytes = 0;
    if (owed > 0) this.subscription?.grant(owed);
  }

  private fail(problem: unknown): void {
    if (this.ending.signal.aborted) return;
    this.problem = problem;
    this.changed();
  }
}
