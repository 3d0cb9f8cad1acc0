import { readLogFrame } from './logFrame';

/**
 * The one WebSocket of a page. Subscriptions outlive connections: after a loss everything is subscribed again, a log
 * from the byte behind the last one that came. A log brings no more bytes than were granted, so a reader that pauses
 * holds nothing up and loses nothing.
 */
export type StreamStatus = 'idle' | 'connecting' | 'open' | 'waiting';

export interface EventHandlers {
  onEvent(event: Record<string, unknown>): void;
  onEnd?(): void;
  onProblem?(code: string, detail: string): void;
}

export interface LogHandlers {
  onBytes(offset: number, bytes: Uint8Array): void;
  onEnd?(): void;
  onProblem?(code: string, detail: string): void;
}

export interface Subscription {
  close(): void;
}

export interface LogSubscription extends Subscription {
  /** Allows the server to send so many bytes more. */
  grant(bytes: number): void;
}

interface Topic {
  id: number;
  name: string;
  /** For a log: the offset of the next byte that is wanted. */
  offset: number | null;
  events: EventHandlers | null;
  log: LogHandlers | null;
}

const waitMillisFirst = 500;
const waitMillisMost = 10_000;
const lingerMillis = 5_000;

export class LiveStream {
  private socket: WebSocket | null = null;
  private readonly topics = new Map<number, Topic>();
  private readonly listeners = new Set<() => void>();
  private nextId = 1;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private statusNow: StreamStatus = 'idle';

  constructor(
    private readonly open: () => WebSocket,
    private readonly onRefused: () => void = () => {},
    private readonly random: () => number = Math.random,
  ) {}

  get status(): StreamStatus {
    return this.statusNow;
  }

  /** Calls back whenever {@link status} changes; returns what ends that. */
  readonly watchStatus = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  subscribe(topic: string, handlers: EventHandlers): Subscription {
    const added = this.add({ id: this.nextId++, name: topic, offset: null, events: handlers, log: null });
    return { close: () => this.remove(added) };
  }

  subscribeLog(taskInstanceId: string, offset: number, handlers: LogHandlers): LogSubscription {
    const name = `log/${taskInstanceId}`;
    const added = this.add({ id: this.nextId++, name, offset, events: null, log: handlers });
    return {
      close: () => this.remove(added),
      grant: (bytes) => {
        if (this.topics.has(added.id) && this.statusNow === 'open') {
          this.send({ type: 'credit', id: added.id, bytes });
        }
      },
    };
  }

  /** Tries at once, for example because the network is said to be back. */
  readonly retryNow = (): void => {
    if (this.statusNow === 'waiting') this.connect();
  };

  private add(topic: Topic): Topic {
    this.topics.set(topic.id, topic);
    if (this.statusNow === 'open') {
      this.announce(topic);
      this.stopTimer();
    } else if (this.statusNow === 'idle') {
      this.connect();
    }
    return topic;
  }

  private remove(topic: Topic): void {
    if (!this.topics.delete(topic.id)) return;
    if (this.statusNow === 'open') this.send({ type: 'unsubscribe', id: topic.id });
    if (this.topics.size === 0) this.leaveSoon();
  }

  /** Pages that follow one another keep the connection; nobody's is closed. */
  private leaveSoon(): void {
    this.startTimer(lingerMillis, () => {
      if (this.topics.size > 0) return;
      const socket = this.socket;
      this.socket = null;
      this.setStatus('idle');
      socket?.close();
    });
  }

  private connect(): void {
    this.stopTimer();
    this.setStatus('connecting');
    const socket = this.open();
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    let wasOpen = false;
    socket.onopen = () => {
      if (socket !== this.socket) return;
      wasOpen = true;
      this.failures = 0;
      this.setStatus('open');
      for (const topic of this.topics.values()) this.announce(topic);
      if (this.topics.size === 0) this.leaveSoon();
    };
    socket.onmessage = (message) => {
      if (socket === this.socket) this.receive(message.data);
    };
    socket.onclose = () => {
      if (socket !== this.socket) return;
      this.socket = null;
      if (!wasOpen) this.onRefused();
      this.reconnectLater();
    };
  }

  private reconnectLater(): void {
    if (this.topics.size === 0) {
      this.setStatus('idle');
      return;
    }
    this.setStatus('waiting');
    const longest = Math.min(waitMillisFirst * 2 ** this.failures, waitMillisMost);
    this.failures += 1;
    this.startTimer(longest * (0.5 + this.random() / 2), () => this.connect());
  }

  private announce(topic: Topic): void {
    const message: Record<string, unknown> = { type: 'subscribe', id: topic.id, topic: topic.name };
    if (topic.offset !== null) message.offset = topic.offset;
    this.send(message);
  }

  private send(message: Record<string, unknown>): void {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(message));
  }

  private receive(data: unknown): void {
    if (data instanceof ArrayBuffer) {
      this.receiveLog(data);
      return;
    }
    const message = JSON.parse(String(data)) as Record<string, unknown>;
    const topic = typeof message.id === 'number' ? this.topics.get(message.id) : undefined;
    if (!topic) return;
    const handlers = topic.events ?? topic.log;
    if (message.type === 'event') {
      topic.events?.onEvent(message);
    } else if (message.type === 'end') {
      this.topics.delete(topic.id);
      handlers?.onEnd?.();
      if (this.topics.size === 0) this.leaveSoon();
    } else if (message.type === 'error') {
      this.topics.delete(topic.id);
      handlers?.onProblem?.(String(message.code), String(message.detail));
      if (this.topics.size === 0) this.leaveSoon();
    }
  }

  private receiveLog(data: ArrayBuffer): void {
    const frame = readLogFrame(data);
    const topic = this.topics.get(frame.id);
    if (!topic?.log || topic.offset === null) return;
    const known = topic.offset - frame.offset;
    if (known < 0 || known >= frame.bytes.length) return;
    topic.offset = frame.offset + frame.bytes.length;
    topic.log.onBytes(frame.offset + known, known === 0 ? frame.bytes : frame.bytes.subarray(known));
  }

  private setStatus(status: StreamStatus): void {
    if (status === this.statusNow) return;
    this.statusNow = status;
    for (const listener of this.listeners) listener();
  }

  private startTimer(millis: number, action: () => void): void {
    this.stopTimer();
    this.timer = setTimeout(() => {
      this.timer = null;
      action();
    }, millis);
  }

  private stopTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
