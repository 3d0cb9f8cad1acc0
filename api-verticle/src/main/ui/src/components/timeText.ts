/** Times and durations for people: pure, so that tables of thousands of rows can use them. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: string, kind: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${kind}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', options);
    formats.set(key, found);
  }
  return found;
}

const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };

/** Day and time in the reader's zone; the day is left out when it is today, the year when it is this one. */
export function timeText(iso: string | null, language: string, now: number = Date.now()): string {
  if (!iso) return '—';
  const time = new Date(iso);
  const today = new Date(now);
  if (time.toDateString() === today.toDateString()) return format(language, 'clock', clock).format(time);
  const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
  if (time.getFullYear() !== today.getFullYear()) {
    return format(language, 'year', { ...day, year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(time);
  }
  return format(language, 'day', { ...day, ...clock }).format(time);
}

/** The whole of it, for a tooltip: milliseconds and zone. */
export function fullTimeText(iso: string | null, language: string): string {
  if (!iso) return '';
  return format(language, 'full', {
    dateStyle: undefined,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    ...clock,
    fractionalSecondDigits: 3,
    timeZoneName: 'short',
  }).format(new Date(iso));
}

/** 840 ms, 12.3 s, 4 min 5 s, 3 h 12 min, 2 d 4 h. */
export function durationText(millis: number): string {
  if (millis < 0) return '0 ms';
  if (millis < 1_000) return `${Math.round(millis)} ms`;
  if (millis < 60_000) return `${(Math.floor(millis / 100) / 10).toFixed(1)} s`;
  const seconds = Math.floor(millis / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1_440) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.floor(minutes / 1_440)} d ${Math.floor((minutes % 1_440) / 60)} h`;
}

/** From start to end, or to now while there is no end; null when it has not started. */
export function lastedMillis(start: string | null, end: string | null, now: number): number | null {
  if (!start) return null;
  return Math.max(0, (end ? Date.parse(end) : now) - Date.parse(start));
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
