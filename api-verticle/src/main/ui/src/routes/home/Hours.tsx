import { useTranslation } from 'react-i18next';
import type { Hour } from '~/services/cluster';
import classes from './HomePage.module.css';

const width = 600;
const height = 104;
const gap = 5;

/** What ended in the last 24 hours, a stacked bar an hour. */
export function Hours({ hours }: { hours: Hour[] }) {
  const { t, i18n } = useTranslation('home');
  const most = Math.max(...hours.map(total), 0);
  if (most === 0) return <p className={classes.none}>{t('hours.none')}</p>;
  const bar = width / hours.length;
  const clock = (iso: string) =>
    new Date(iso).toLocaleTimeString(i18n.language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return (
    <figure className={classes.hours}>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={t('hours.title')}>
        {hours.map((hour, index) => {
          let top = height;
          const parts = (['succeeded', 'stopped', 'failed'] as const).map((part) => {
            const tall = hour[part] === 0 ? 0 : Math.max(2, (hour[part] / most) * (height - 8));
            top -= tall;
            return { part, tall, top };
          });
          const text = t('hours.hour', { ...hour, time: clock(hour.from) });
          return (
            <g key={hour.from}>
              <title>{text}</title>
              <rect x={index * bar} y={0} width={bar} height={height} fill="transparent" />
              <rect x={index * bar + gap / 2} y={height - 1} width={bar - gap} height={1} fill="var(--line-strong)" />
              {parts.map(({ part, tall, top: y }) => (
                <rect key={part} x={index * bar + gap / 2} y={y} width={bar - gap} height={tall} className={classes[part]} />
              ))}
            </g>
          );
        })}
      </svg>
      <figcaption className={classes.axis}>
        <span>{clock(hours[0]!.from)}</span>
        <span className={classes.legend}>
          {(['succeeded', 'stopped', 'failed'] as const).map((part) => (
            <span key={part}>
              <i className={classes[part]} />
              {t(`counts.${part}`)}
            </span>
          ))}
        </span>
        <span>{clock(hours.at(-1)!.from)}</span>
      </figcaption>
    </figure>
  );
}

function total(hour: Hour): number {
  return hour.succeeded + hour.failed + hour.stopped;
}
