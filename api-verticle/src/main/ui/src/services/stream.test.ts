import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveStream } from './stream';

/** A socket whose other side is the test. */
class Peer {
  readyState = 0;
  binaryType = '';
  sent: Record<string, unknown>[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;

  send(text: string) {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close() {
    this.readyState = 3;
    this.onclose?.();
  }

  accept() {
    this.readyState = 1;
    this.onopen?.();
  }

  say(message: unknown) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  sayLog(id: number, offset: number, text: string) {
    const bytes = new TextEncoder().encode(text);
    const data = new ArrayBuffer(12 + bytes.length);
    const view = new DataView(data);
    view.setInt32(0, id);
    view.setBigInt64(4, BigInt(offset));
    new Uint8Array(data, 12).set(bytes);
    this.onmessage?.({ data });
  }
}

let peers: Peer[] = [];
let stream: LiveStream;
const refused = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  peers = [];
  refused.mockReset();
  const open = () => {
    const peer = new Peer();
    peers.push(peer);
    return peer as unknown as WebSocket;
  };
  stream = new LiveStream(open, refused, () => 1);
});

afterEach(() => {
  vi.useRealTimers();
});

describe('the stream', () => {
  it('subscribes when it is connected, and passes events to whom they belong', () => {
    const first = vi.fn();
    const second = vi.fn();
    stream.subscribe('overview', { onEvent: first });
    stream.subscribe('cluster', { onEvent: second });
    peers[0]!.accept();
    peers[0]!.say({ type: 'event', id: 2, event: 'cluster' });

    expect(peers).toHaveLength(1);
    expect(peers[0]!.sent).toEqual([
      { type: 'subscribe', id: 1, topic: 'overview' },
      { type: 'subscribe', id: 2, topic: 'cluster' },
    ]);
    expect(first).not.toHaveBeenCalled();
    expect(second).toHaveBeenCalledOnce();
  });

  it('subscribes again after a loss, a log from behind its last byte', () => {
    const onBytes = vi.fn();
    stream.subscribeLog('9001', 100, { onBytes });
    peers[0]!.accept();
    peers[0]!.sayLog(1, 100, 'hello');
    peers[0]!.close();
    expect(stream.status).toBe('waiting');

    vi.advanceTimersByTime(500);
    peers[1]!.accept();

    expect(peers[1]!.sent).toEqual([{ type: 'subscribe', id: 1, topic: 'log/9001', offset: 105 }]);
    peers[1]!.sayLog(1, 105, ' world');
    expect(onBytes.mock.calls.map(([offset, bytes]) => [offset, new TextDecoder().decode(bytes as Uint8Array)])).toEqual([
      [100, 'hello'],
      [105, ' world'],
    ]);
  });

  it('takes no byte of a log twice', () => {
    const onBytes = vi.fn();
    stream.subscribeLog('9001', 0, { onBytes });
    peers[0]!.accept();
    peers[0]!.sayLog(1, 0, 'abc');
    peers[0]!.sayLog(1, 0, 'abcde');

    expect(new TextDecoder().decode(onBytes.mock.calls[1]![1] as Uint8Array)).toBe('de');
  });

  it('waits longer after each failure, and begins anew after a success', () => {
    stream.subscribe('overview', { onEvent: () => {} });
    for (const wait of [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]) {
      const before = peers.length;
      peers.at(-1)!.close();
      vi.advanceTimersByTime(wait - 1);
      expect(peers.length).toBe(before);
      vi.advanceTimersByTime(1);
      expect(peers.length).toBe(before + 1);
    }
    expect(refused).toHaveBeenCalledTimes(7);

    peers.at(-1)!.accept();
    peers.at(-1)!.close();
    vi.advanceTimersByTime(500);
    expect(peers).toHaveLength(9);
  });

  it('grants bytes of a log, and says what went wrong', () => {
    const onProblem = vi.fn();
    const log = stream.subscribeLog('9001', 0, { onBytes: () => {}, onProblem });
    peers[0]!.accept();
    log.grant(1024);
    peers[0]!.say({ type: 'error', id: 1, code: 'LOG_GONE', detail: 'no longer there' });
    log.grant(1024);

    expect(peers[0]!.sent.at(-1)).toEqual({ type: 'credit', id: 1, bytes: 1024 });
    expect(peers[0]!.sent).toHaveLength(2);
    expect(onProblem).toHaveBeenCalledWith('LOG_GONE', 'no longer there');
  });

  it('leaves a while after the last subscription, not between two pages', () => {
    const first = stream.subscribe('overview', { onEvent: () => {} });
    peers[0]!.accept();
    first.close();
    vi.advanceTimersByTime(1_000);
    const second = stream.subscribe('cluster', { onEvent: () => {} });
    vi.advanceTimersByTime(60_000);
    expect(stream.status).toBe('open');

    second.close();
    vi.advanceTimersByTime(5_000);
    expect(stream.status).toBe('idle');
    expect(peers).toHaveLength(1);
  });
});
