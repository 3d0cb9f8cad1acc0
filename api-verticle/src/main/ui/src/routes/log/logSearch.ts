import { plainText } from './ansi';
import type { LogFile } from './logFile';
import { blockBytes, pieceBytes } from './logModel';

/** How much is looked through between two breaths of the page. */
const stretchBytes = 16 * blockBytes;
const requestsAhead = 3;

export interface Progress {
  /** Of what there is to look through, 0 to 1. */
  (share: number): void;
}

/**
 * The begin of the next (or previous) line with the wanted text, from a place on and, behind the end, from the other
 * end; null when it is nowhere. Case does not matter. Colours in between do not either, over a line.
 */
export async function findText(
  file: LogFile,
  wanted: string,
  from: number,
  direction: 1 | -1,
  signal: AbortSignal,
  progress: Progress,
): Promise<number | null> {
  const size = file.model.size;
  const halves: Stretch[] =
    direction === 1
      ? [[from, size], [0, from]]
      : [[0, from], [from, size]];
  let passed = 0;
  for (const [begin, end] of halves) {
    // Lines over the border belong to the stretch in which they begin; a little more is read for their ends.
    const read = ([low, high]: Stretch) => file.pass(low, Math.min(size, high + 2 * pieceBytes), signal);
    for await (const [[low, high], bytes] of readAhead(stretchesOf(begin, end, direction), read)) {
      signal.throwIfAborted();
      const found = findIn(bytes, low, high, wanted.toLowerCase(), direction);
      if (found !== null) return found;
      passed += high - low;
      progress(size === 0 ? 1 : passed / size);
    }
  }
  return null;
}

/** Counts lines from the beginning until so many bytes are counted, so that numbers become exact. */
export async function countUntil(
  file: LogFile,
  isEnough: () => boolean,
  signal: AbortSignal,
  progress: Progress,
): Promise<void> {
  const { model } = file;
  const end = Math.floor(model.size / blockBytes) * blockBytes;
  if (isEnough()) return;
  const read = ([from, to]: Stretch) => file.pass(from, to, signal);
  for await (const [[from, to], bytes] of readAhead(stretchesOf(model.countedBytes, end, 1), read)) {
    signal.throwIfAborted();
    for (let at = from; at + blockBytes <= from + bytes.length; at += blockBytes) {
      model.count(at / blockBytes, bytes.subarray(at - from, at - from + blockBytes));
    }
    progress(to / model.size);
    if (isEnough()) return;
  }
}

type Stretch = [number, number];

/** In order, with some requests under way while one is looked through. */
async function* readAhead(
  stretches: Iterator<Stretch>,
  read: (stretch: Stretch) => Promise<Uint8Array>,
): AsyncGenerator<[Stretch, Uint8Array]> {
  const underWay: [Stretch, Promise<Uint8Array>][] = [];
  for (;;) {
    while (underWay.length < requestsAhead) {
      const next = stretches.next();
      if (next.done) break;
      const bytes = read(next.value);
      // One that fails after the search has ended is nobody's business any more.
      bytes.catch(() => {});
      underWay.push([next.value, bytes]);
    }
    const first = underWay.shift();
    if (!first) return;
    yield [first[0], await first[1]];
  }
}

function* stretchesOf(begin: number, end: number, direction: 1 | -1): Generator<Stretch> {
  if (direction === 1) {
    for (let at = begin; at < end; ) {
      const next = Math.min(end, (Math.floor(at / stretchBytes) + 1) * stretchBytes);
      yield [at, next];
      at = next;
    }
  } else {
    for (let at = end; at > begin; ) {
      const next = Math.max(begin, (Math.ceil(at / stretchBytes) - 1) * stretchBytes);
      yield [next, at];
      at = next;
    }
  }
}

const decoder = new TextDecoder();

/** In lines that begin in [low, high), or go on from before low; bytes begin at low. */
export function findIn(
  bytes: Uint8Array,
  low: number,
  high: number,
  needle: string,
  direction: 1 | -1,
): number | null {
  const limit = high - low;
  const starts: number[] = [];
  const isColoured = bytes.includes(27);
  // The common case first: one search over everything says that there is nothing.
  if (!isColoured && !decoder.decode(bytes).toLowerCase().includes(needle)) return null;
  let start = 0;
  while (start < limit) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found;
    const text = decoder.decode(bytes.subarray(start, end));
    if ((isColoured ? plainText(text) : text).toLowerCase().includes(needle)) {
      if (direction === 1) return low + start;
      starts.push(low + start);
    }
    start = end + 1;
  }
  return starts.at(-1) ?? null;
}
