import Anser from 'anser';

/** A stretch of a line that looks the same throughout. */
export interface Segment {
  text: string;
  /** Names of colours and styles of log.module.css; empty for plain text. */
  classes: string[];
  /** Colours beyond the sixteen, as CSS. */
  color?: string;
  background?: string;
  /** Of the wanted text. */
  isMatch?: boolean;
}

const escape = '\u001b';
// Control sequences other than colours, window titles and links, and single escapes: they move cursors.
const others = /\u001b\[[0-9;?]*[A-Za-ln-z@]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[()][A-Z0-9]|\u001b[=>78cDEHMNOZ]/g;
const controls = /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f]/g;

/** What a terminal would show of a line at last: after a carriage return it is written anew. */
export function overwritten(text: string): string {
  if (!text.includes('\r')) return text;
  const parts = text.replace(/\r+$/, '').split('\r');
  return parts.at(-1) ?? '';
}

/** A line in stretches. Other control characters are shown as their symbols, so that nothing is hidden. */
export function segmentsOf(line: string): Segment[] {
  const shown = overwritten(line).replace(others, '').replace(controls, symbolOf);
  if (!shown.includes(escape)) return shown === '' ? [] : [{ text: shown, classes: [] }];
  return Anser.ansiToJson(shown, { json: true, remove_empty: true, use_classes: true }).map((part) => {
    const segment: Segment = { text: part.content, classes: [] };
    paint(segment, 'color', part.fg, part.fg_truecolor);
    paint(segment, 'background', part.bg, part.bg_truecolor);
    for (const style of part.decorations) segment.classes.push(style);
    return segment;
  });
}

/** As {@link segmentsOf}, without colours: what a search looks at. */
export function plainText(line: string): string {
  return line.includes(escape) || line.includes('\r')
    ? segmentsOf(line)
        .map((segment) => segment.text)
        .join('')
    : line;
}

/** Cuts the stretches so that each place of the wanted text is one of its own; case does not matter. */
export function withMatches(segments: Segment[], wanted: string): Segment[] {
  if (wanted === '') return segments;
  const text = segments.map((segment) => segment.text).join('').toLowerCase();
  const needle = wanted.toLowerCase();
  const cuts: [number, number][] = [];
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
    cuts.push([at, at + needle.length]);
  }
  if (cuts.length === 0) return segments;
  const found: Segment[] = [];
  let begin = 0;
  for (const segment of segments) {
    const end = begin + segment.text.length;
    let at = begin;
    for (const [from, to] of cuts) {
      if (to <= at || from >= end) continue;
      if (from > at) found.push({ ...segment, text: segment.text.slice(at - begin, from - begin) });
      const last = Math.min(to, end);
      found.push({ ...segment, text: segment.text.slice(Math.max(from, at) - begin, last - begin), isMatch: true });
      at = last;
    }
    if (at < end) found.push({ ...segment, text: segment.text.slice(at - begin) });
    begin = end;
  }
  return found;
}

function paint(segment: Segment, what: 'color' | 'background', name: string | null, rgb: string | null): void {
  if (!name) return;
  if (name === 'ansi-truecolor') {
    segment[what] = `rgb(${rgb})`;
  } else if (name.startsWith('ansi-palette-')) {
    segment[what] = paletteColor(Number(name.slice('ansi-palette-'.length)));
  } else {
    segment.classes.push(what === 'color' ? name : name.replace('ansi-', 'ansi-bg-'));
  }
}

const cube = [0, 95, 135, 175, 215, 255];

/** The colours from 16 on: a cube of 6 x 6 x 6, then greys. */
export function paletteColor(index: number): string {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return `rgb(${grey}, ${grey}, ${grey})`;
  }
  const at = index - 16;
  return `rgb(${cube[Math.floor(at / 36)]}, ${cube[Math.floor(at / 6) % 6]}, ${cube[at % 6]})`;
}

function symbolOf(control: string): string {
  const code = control.charCodeAt(0);
  return String.fromCharCode(code === 127 ? 0x2421 : 0x2400 + code);
}
