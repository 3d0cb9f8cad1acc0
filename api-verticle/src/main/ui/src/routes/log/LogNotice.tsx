import { useTranslation } from 'react-i18next';
import type { Numbers } from './lineNumbers';
import type { LogWork } from './useLogWork';
import classes from './log.module.css';

/** What goes on, and what the numbers beside the lines mean where they are not the plain ones. */
export function LogNotice({ work, kind, isCompact }: { work: LogWork; kind: Numbers['kind']; isCompact: boolean }) {
  const { t } = useTranslation('log');
  const { running, message } = work;
  if (running) {
    return (
      <div className={classes.notice}>
        <span>{t(running.kind, { percent: running.percent })}</span>
        <button type="button" onClick={work.cancel}>
          {t('cancel')}
        </button>
      </div>
    );
  }
  if (message !== null) {
    return (
      <div className={classes.notice} role="status">
        {message}
      </div>
    );
  }
  if (kind === 'start' || isCompact) return null;
  return (
    <div className={classes.notice}>
      <span>{t(kind === 'end' ? 'relative' : 'unnumbered')}</span>
      <button type="button" onClick={work.count}>
        {t('count')}
      </button>
    </div>
  );
}
