/** How long something took or has taken so far, in the two largest units: 840 ms, 12 s, 3 min 5 s, 2 h 10 min. */
export function durationText(
  start: string | null | undefined,
  end: string | null | undefined,
  now: number,
): string | null {
  if (start === null || start === undefined) {
    return null;
  }
  const from = Date.parse(start);
  const isRunning = end === null || end === undefined;
  const millis = Math.max(0, (isRunning ? now : Date.parse(end)) - from);
  if (Number.isNaN(millis)) {
    return null;
  }
  if (millis < 1_000 && !isRunning) {
    return `${millis} ms`;
  }
  const seconds = Math.floor(millis / 1_000);
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min ${seconds % 60} s`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
