import { ActionIcon, Button, Switch, Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '~/components/Problem';
import { durationText } from '~/components/timeText';
import { isWorkflowFinished } from '~/theme/states';
import { useNow } from '~/workflow-diagram/useNow';
import { ganttRows, moved, ticks, wholeSpan, zoomed, type Span } from './gantt';
import { GanttBars } from './GanttBars';
import type { ViewProps } from './InstancePage';
import { useAttempts } from './useAttempts';
import classes from './Gantt.module.css';
import page from './InstancePage.module.css';

const rowHeight = 28;
const tickPixels = 96;
/** The longest label; where there is less room at the right end, the line stands without one. */
const labelPixels = 72;

/** When each task waited and ran. Ctrl and wheel zoom, dragging moves. */
export function GanttView({ state, openTask, onOpenTask }: ViewProps) {
  const { t } = useTranslation('instances');
  const [withAttempts, setWithAttempts] = useState(false);
  const attempts = useAttempts(state, withAttempts);
  const now = useNow(!isWorkflowFinished(state.instance.state));
  const rows = useMemo(
    () => ganttRows(withAttempts && attempts.data ? attempts.data : state.tasks.values()),
    [withAttempts, attempts.data, state.tasks],
  );
  const whole = useMemo(() => wholeSpan(rows, now), [rows, now]);
  const [chosen, setChosen] = useState<Span | null>(null);
  const span = chosen ?? whole;
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: chart, width } = useElementSize<HTMLDivElement>();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const marks = ticks(span, whole.from, Math.max(2, Math.floor(width / tickPixels)));
  const latest = useRef({ span, whole, width });
  latest.current = { span, whole, width };

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    // React listens to wheels passively; zooming must keep the page from doing so as well.
    const onWheel = (event: WheelEvent) => {
      const { span: shown, whole: all, width: wide } = latest.current;
      const sideways = event.shiftKey ? event.deltaY : event.deltaX;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const left = element.querySelector('[data-chart]')?.getBoundingClientRect().left ?? 0;
        const around = shown.from + ((event.clientX - left) / Math.max(wide, 1)) * (shown.to - shown.from);
        setChosen(zoomed(shown, around, Math.exp(event.deltaY / 300), all));
      } else if (sideways !== 0) {
        event.preventDefault();
        setChosen(moved(shown, (sideways / Math.max(wide, 1)) * (shown.to - shown.from), all));
      }
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [rows.length === 0]);

  function drag(event: PointerEvent<HTMLDivElement>) {
    if (event.button !== 0 || (event.target as HTMLElement).closest('button')) return;
    const from = event.clientX;
    const element = event.currentTarget;
    const start = latest.current.span;
    const move = (next: globalThis.PointerEvent) => {
      const { whole: all, width: wide } = latest.current;
      setChosen(moved(start, (-(next.clientX - from) / Math.max(wide, 1)) * (start.to - start.from), all));
    };
    const stop = () => {
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', stop);
      element.removeEventListener('pointercancel', stop);
    };
    element.setPointerCapture(event.pointerId);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', stop);
    element.addEventListener('pointercancel', stop);
  }

  const middle = (span.from + span.to) / 2;
  return (
    <div className={page.column}>
      <div className={page.toolbar}>
        <Tooltip label={t('gantt.in')}>
          <ActionIcon aria-label={t('gantt.in')} onClick={() => setChosen(zoomed(span, middle, 0.5, whole))}>
            <IconZoomIn size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('gantt.out')}>
          <ActionIcon aria-label={t('gantt.out')} onClick={() => setChosen(zoomed(span, middle, 2, whole))}>
            <IconZoomOut size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Button size="xs" variant="default" onClick={() => setChosen(null)} disabled={chosen === null}>
          {t('gantt.fit')}
        </Button>
        <Switch
          size="sm"
          ml={8}
          label={t('gantt.attempts')}
          checked={withAttempts}
          onChange={(event) => setWithAttempts(event.currentTarget.checked)}
        />
        <span className={page.grow} />
        <span className={classes.legend}>
          <i className={classes.waitedSample} /> {t('gantt.waited')} <i className={classes.ranSample} /> {t('gantt.ran')}
        </span>
      </div>
      {attempts.isError && <Problem problem={attempts.error} onRetry={() => void attempts.refetch()} />}
      {rows.length === 0 ? (
        <p className={page.quiet}>{t('gantt.none')}</p>
      ) : (
        <div ref={scroller} className={classes.scroller} tabIndex={0} role="group" aria-label={t('gantt.label')}>
          <div className={classes.axis}>
            <div />
            <div ref={chart} data-chart className={classes.ticks}>
              {marks.at.filter((tick) => width * (1 - (tick - span.from) / (span.to - span.from)) >= labelPixels).map((tick) => (
                <span key={tick} style={{ left: `${((tick - span.from) / (span.to - span.from)) * 100}%` }}>
                  {durationText(tick - whole.from).replace(/\.0 s$/, ' s').replace(/ 0 (s|min)$/, '')}
                </span>
              ))}
            </div>
          </div>
          <div className={classes.rows} style={{ height: virtual.getTotalSize() }} onPointerDown={drag}>
            <div className={classes.grid} aria-hidden>
              {marks.at.map((tick) => (
                <span key={tick} style={{ left: `${((tick - span.from) / (span.to - span.from)) * 100}%` }} />
              ))}
            </div>
            {virtual.getVirtualItems().map((item) => (
              <GanttBars
                key={item.key}
                row={rows[item.index]!}
                top={item.start}
                span={span}
                now={now}
                isOpen={rows[item.index]!.name === openTask}
                onOpenTask={onOpenTask}
              />
            ))}
          </div>
        </div>
      )}
    </div>
  );
}
