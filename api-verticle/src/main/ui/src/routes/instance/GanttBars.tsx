import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { StateIcon } from '~/components/StateIcon';
import { durationText } from '~/components/timeText';
import { toneColor, toneOf } from '~/theme/states';
import { place, type Bar, type GanttRow, type Span } from './gantt';
import classes from './Gantt.module.css';

export interface GanttBarsProps {
  row: GanttRow;
  top: number;
  span: Span;
  now: number;
  isOpen: boolean;
  onOpenTask(name: string): void;
}

/** A task's line: its name, and for each attempt how long it waited and ran. */
export const GanttBars = memo(function GanttBars({ row, top, span, now, isOpen, onOpenTask }: GanttBarsProps) {
  const { t } = useTranslation('instances');
  const { t: c } = useTranslation();
  const last = row.bars.at(-1)!;
  const describe = (bar: Bar) =>
    t('gantt.bar', {
      name: row.name,
      attempt: bar.task.attempt,
      state: c(`state.${bar.task.state}`),
      waited: durationText((bar.start ?? bar.end ?? now) - bar.submit),
      ran: bar.start === null ? '—' : durationText((bar.end ?? now) - bar.start),
    });
  return (
    <div className={classes.row} style={{ transform: `translateY(${top}px)` }} data-open={isOpen || undefined}>
      <button type="button" className={classes.name} title={describe(last)} onClick={() => onOpenTask(row.name)}>
        <StateIcon state={last.task.state} size={14} />
        <span className="cut">{row.name}</span>
        <span className="visually-hidden">{describe(last)}</span>
      </button>
      <div className={classes.track} aria-hidden>
        {row.bars.map((bar) => {
          const waited = place(span, bar.submit, bar.start ?? bar.end ?? now);
          const ran = bar.start === null ? null : place(span, bar.start, bar.end ?? now);
          const color = toneColor(toneOf(bar.task.state));
          return (
            <div key={bar.task.id} title={describe(bar)} style={{ opacity: bar.task.valid ? 1 : 0.55 }}>
              {waited && (
                <span className={classes.waited} style={{ left: `${waited.left}%`, width: `${waited.width}%` }} />
              )}
              {ran && (
                <span
                  className={classes.ran}
                  style={{ left: `${ran.left}%`, width: `max(2px, ${ran.width}%)`, backgroundColor: color }}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
});
