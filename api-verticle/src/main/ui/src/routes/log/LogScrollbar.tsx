import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './log.module.css';

export interface LogScrollbarProps {
  /** Where the first byte in sight is, and how much is in sight, of the whole; 0 to 1. */
  from: number;
  share: number;
  onMove(share: number): void;
}

/** Stands for the whole log, however long: its place is told in bytes, not in lines. */
export function LogScrollbar({ from, share, onMove }: LogScrollbarProps) {
  const { t } = useTranslation('log');
  const track = useRef<HTMLDivElement>(null);
  const size = Math.max(share, 0.04);
  const top = share >= 1 ? 0 : (from / Math.max(1 - share, 1e-9)) * (1 - size);
  const clamp = (value: number) => Math.min(1, Math.max(0, value));

  function drag(event: PointerEvent<HTMLDivElement>) {
    const element = track.current;
    if (!element || event.button !== 0) return;
    event.preventDefault();
    const { top: begin, height } = element.getBoundingClientRect();
    const thumb = size * height;
    const within = (event.clientY - begin - clamp(top) * height) / thumb;
    const grip = within >= 0 && within <= 1 ? within * thumb : thumb / 2;
    const move = (next: { clientY: number }) =>
      onMove(clamp((next.clientY - begin - grip) / Math.max(1, height - thumb)));
    if (within < 0 || within > 1) move(event);
    element.setPointerCapture(event.pointerId);
    const stop = () => {
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', stop);
      element.removeEventListener('pointercancel', stop);
    };
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', stop);
    element.addEventListener('pointercancel', stop);
  }

  function onKey(event: KeyboardEvent) {
    const steps: Record<string, number> = { ArrowUp: -0.01, ArrowDown: 0.01, PageUp: -0.1, PageDown: 0.1, Home: -1, End: 1 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onMove(clamp(from / Math.max(1 - share, 1e-9) + step));
  }

  return (
    <div
      ref={track}
      className={classes.track}
      role="scrollbar"
      tabIndex={share < 1 ? 0 : -1}
      aria-label={t('scrollbar')}
      aria-controls="log-lines"
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(from * 100)}
      onPointerDown={drag}
      onKeyDown={onKey}
      data-idle={share >= 1 || undefined}
    >
      <div className={classes.thumb} style={{ top: `${clamp(top) * 100}%`, height: `${size * 100}%` }} />
    </div>
  );
}
