/**
 * The server explains in English and in UTC what waits or has ended. The English file of the texts holds its sentences; here
 * they are recognised by them and said in the reader's language and zone. What is not recognised is shown as it came.
 */
export type Sentences = Readonly<Record<string, string>>;

interface Rule {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly text: string;
}

/** Parts of a sentence that are one of the server's words. */
const words = new Set(['cause', 'state']);
/** And those that are sentences themselves. */
const inner = new Set(['reason', 'detail', ...words]);
const times = new Set(['time', 'time2']);
const depthMax = 5;

const compiled = new WeakMap<Sentences, readonly Rule[]>();

function rules(english: Sentences, wanted: Sentences): readonly Rule[] {
  const known = compiled.get(wanted);
  if (known) return known;
  const made = Object.entries(english).map(([key, sentence]) => {
    const names: string[] = [];
    const source = sentence
      .split(/\{\{(\w+)\}\}/)
      .map((part, index) => {
        if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
        names.push(part);
        return words.has(part) ? '([A-Z_]+)' : inner.has(part) ? '(.+)' : '(.+?)';
      })
      .join('');
    return { pattern: new RegExp(`^${source}$`, 's'), names, text: wanted[key] ?? sentence };
  });
  compiled.set(wanted, made);
  return made;
}

/**
 * @param english the server's sentences, the more particular ones first
 * @param wanted the same in the reader's language
 * @param timeText says a moment in the reader's zone
 */
export function reasonText(
  text: string,
  english: Sentences,
  wanted: Sentences,
  timeText: (iso: string) => string,
  now: number = Date.now(),
): string {
  return said(text, rules(english, wanted), (time) => timeText(moment(time, now)), 0);
}

function said(text: string, all: readonly Rule[], timeText: (time: string) => string, depth: number): string {
  if (depth === depthMax) return text;
  for (const { pattern, names, text: sentence } of all) {
    const match = pattern.exec(text);
    if (!match) continue;
    const found = new Map<string, string>();
    names.forEach((name, index) => {
      const value = match[index + 1] ?? '';
      if (times.has(name)) found.set(name, timeText(value));
      else found.set(name, inner.has(name) ? said(value, all, timeText, depth + 1) : value);
    });
    return sentence.replace(/\{\{(\w+)\}\}/g, (place, name: string) => found.get(name) ?? place);
  }
  return text;
}

/** The server says times of day, in UTC; the day is the one that makes it nearest to now. */
function moment(time: string, now: number): string {
  const day = /^(\d\d):(\d\d):(\d\d)Z$/.exec(time);
  if (!day) return time;
  const today = new Date(now);
  const then = Date.UTC(
    today.getUTCFullYear(),
    today.getUTCMonth(),
    today.getUTCDate(),
    Number(day[1]),
    Number(day[2]),
    Number(day[3]),
  );
  const half = 43_200_000;
  const shift = then - now > half ? -1 : now - then > half ? 1 : 0;
  return new Date(then + shift * 2 * half).toISOString();
}
