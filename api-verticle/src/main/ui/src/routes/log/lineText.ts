import type { Line, LogModel } from './logModel';

const decoder = new TextDecoder();

/** The text of a line or of a piece; a character over the border of two pieces belongs to the first. */
export function lineText(model: LogModel, line: Line): string {
  const isCut = line.end === line.next && line.next < model.size;
  const bytes = model.bytesOf(line.start, isCut ? line.end + 3 : line.end);
  let from = 0;
  let to = line.end - line.start;
  if (line.isContinued) while (from < 3 && isContinuation(bytes[from])) from += 1;
  if (isCut) while (to < bytes.length && isContinuation(bytes[to])) to += 1;
  return decoder.decode(bytes.subarray(from, to));
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
