import type { Line, LogModel } from './logModel';

export interface Numbers {
  /** One for each line; empty for the later pieces of a long one. */
  texts: string[];
  kind: 'start' | 'end' | 'none';
}

/** The numbers beside lines that follow one another. */
export function lineNumbers(model: LogModel, lines: readonly Line[]): Numbers {
  const first = lines[0];
  const found = first ? model.numberOf(first.start) : null;
  if (!found) return { texts: lines.map(() => ''), kind: 'none' };
  let line = found.line;
  const texts = lines.map((shown, index) => {
    if (shown.isContinued) return '';
    if (index > 0) {
      line += 1;
      // Lines before the end of then are negative, those after it positive; there is no line 0.
      if (line === 0) line = 1;
    }
    return found.from === 'start' ? String(line) : line < 0 ? `−${-line}` : `+${line}`;
  });
  return { texts, kind: found.from };
}
