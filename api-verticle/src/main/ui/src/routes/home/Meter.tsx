import classes from './HomePage.module.css';

/** A share as a bar, with its number. */
export function Meter({ share, text }: { share: number; text: string }) {
  const part = Math.min(1, Math.max(0, share));
  const color = part > 0.9 ? 'var(--state-failed)' : part > 0.75 ? 'var(--state-stopped)' : 'var(--accent)';
  return (
    <span className={classes.gauge}>
      <span className={classes.track} aria-hidden>
        <span className={classes.level} style={{ transform: `scaleX(${part})`, backgroundColor: color }} />
      </span>
      <span className={classes.gaugeText}>{text}</span>
    </span>
  );
}
