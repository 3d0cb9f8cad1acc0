import type { TaskInstance } from '~/services/instances';

/** Arithmetic of the Gantt chart; all times are milliseconds. */
export interface Bar {
  task: TaskInstance;
  submit: number;
  start: number | null;
  end: number | null;
}

export interface GanttRow {
  name: string;
  bars: Bar[];
}

export interface Span {
  from: number;
  to: number;
}

/** A row a task, in the order of their first submission; its attempts one after the other. */
export function ganttRows(tasks: Iterable<TaskInstance>): GanttRow[] {
  const rows = new Map<string, Bar[]>();
  for (const task of tasks) {
    const submit = millis(task.submitTime) ?? millis(task.firstSubmitTime) ?? millis(task.startTime);
    if (submit === null) continue;
    const bar = { task, submit, start: millis(task.startTime), end: millis(task.endTime) };
    const bars = rows.get(task.name);
    if (bars) bars.push(bar);
    else rows.set(task.name, [bar]);
  }
  const sorted = [...rows].map(([name, bars]) => ({ name, bars: bars.sort((a, b) => a.submit - b.submit) }));
  return sorted.sort((a, b) => a.bars[0]!.submit - b.bars[0]!.submit || (a.name < b.name ? -1 : 1));
}

/** From the first submission to the last end, or to now while something is unfinished; never empty. */
export function wholeSpan(rows: GanttRow[], now: number): Span {
  let from = Infinity;
  let to = -Infinity;
  for (const row of rows) {
    for (const bar of row.bars) {
      from = Math.min(from, bar.submit);
      to = Math.max(to, bar.end ?? Math.max(now, bar.submit));
    }
  }
  if (from === Infinity) return { from: now, to: now + 1_000 };
  const length = Math.max(to - from, 10);
  return { from, to: from + length * 1.02 };
}

/** Nearer (factor below 1) or farther around a point that stays where it is; never beyond the whole. */
export function zoomed(span: Span, around: number, factor: number, whole: Span): Span {
  const length = Math.min(Math.max((span.to - span.from) * factor, 5), whole.to - whole.from);
  const share = (around - span.from) / (span.to - span.from);
  return moved({ from: around - share * length, to: around + (1 - share) * length }, 0, whole);
}

export function moved(span: Span, by: number, whole: Span): Span {
  const length = span.to - span.from;
  const from = Math.min(Math.max(span.from + by, whole.from), Math.max(whole.to - length, whole.from));
  return { from, to: from + length };
}

const steps = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 21_600_000, 43_200_000, 86_400_000,
];

/** Round distances from the beginning, at most `most` of them. */
export function ticks(span: Span, origin: number, most: number): { step: number; at: number[] } {
  const wanted = (span.to - span.from) / Math.max(most, 1);
  const days = Math.ceil(wanted / 86_400_000) * 86_400_000;
  const step = steps.find((candidate) => candidate >= wanted) ?? days;
  const at: number[] = [];
  for (let tick = origin + Math.ceil((span.from - origin) / step) * step; tick <= span.to; tick += step) at.push(tick);
  return { step, at };
}

/** Where a stretch of time stands, in percent of the span; null when it is out of sight. */
export function place(span: Span, from: number, to: number): { left: number; width: number } | null {
  if (to < span.from || from > span.to) return null;
  const length = span.to - span.from;
  const left = Math.max(0, ((from - span.from) / length) * 100);
  const right = Math.min(100, ((to - span.from) / length) * 100);
  return { left, width: right - left };
}

function millis(iso: string | null): number | null {
  return iso === null ? null : Date.parse(iso);
}
