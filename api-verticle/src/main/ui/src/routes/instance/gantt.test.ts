import { describe, expect, it } from 'vitest';
import type { TaskInstance } from '~/services/instances';
import { ganttRows, moved, place, ticks, wholeSpan, zoomed } from './gantt';

const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 2, 0, 0) + second * 1000).toISOString();
const origin = Date.parse(at(0));
const task = (name: string, submit: number, start: number | null, end: number | null, attempt = 1) =>
  ({
    name,
    attempt,
    submitTime: at(submit),
    firstSubmitTime: at(submit),
    startTime: start === null ? null : at(start),
    endTime: end === null ? null : at(end),
  }) as TaskInstance;

describe('the rows of a Gantt chart', () => {
  it('stand in the order of the first submission, attempts of a task in one row', () => {
    const rows = ganttRows([task('b', 2, 3, 4), task('a', 5, 6, null, 2), task('a', 1, 2, 3)]);

    expect(rows.map((row) => [row.name, row.bars.map((bar) => bar.task.attempt)])).toEqual([
      ['a', [1, 2]],
      ['b', [1]],
    ]);
  });

  it('span from the first submission to now while something is unfinished', () => {
    const span = wholeSpan(ganttRows([task('a', 1, 2, null)]), Date.parse(at(11)));

    expect(span.from).toBe(Date.parse(at(1)));
    expect(span.to).toBe(span.from + 10_200);
  });
});

describe('the part that is shown', () => {
  const whole = { from: 0, to: 1000 };

  it('keeps the point under the pointer where it is', () => {
    const near = zoomed(whole, 250, 0.5, whole);

    expect(near).toEqual({ from: 125, to: 625 });
  });

  it('never leaves the whole', () => {
    expect(moved({ from: 100, to: 300 }, -500, whole)).toEqual({ from: 0, to: 200 });
    expect(moved({ from: 100, to: 300 }, 5000, whole)).toEqual({ from: 800, to: 1000 });
    expect(zoomed({ from: 100, to: 300 }, 200, 100, whole)).toEqual(whole);
  });

  it('has round marks, counted from the beginning', () => {
    expect(ticks({ from: origin, to: origin + 60_000 }, origin, 6)).toEqual({
      step: 10_000,
      at: [0, 10, 20, 30, 40, 50, 60].map((second) => origin + second * 1000),
    });
  });

  it('cuts bars at its edges and leaves out those beyond', () => {
    expect(place(whole, -100, 500)).toEqual({ left: 0, width: 50 });
    expect(place(whole, 1001, 1002)).toBeNull();
  });
});
