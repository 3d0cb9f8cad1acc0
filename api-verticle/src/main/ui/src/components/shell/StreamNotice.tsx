import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { liveStream, useStreamStatus } from '~/services/live';
import classes from './Shell.module.css';

/** Says that what is shown may be old; nothing while all is well. */
export function StreamNotice() {
  const { t } = useTranslation();
  const status = useStreamStatus();
  return (
    <div role="status">
      {status === 'waiting' && (
        <div className={classes.notice}>
          <IconPlugConnectedX size={16} aria-hidden />
          {t('stream.waiting')}
          <button type="button" className={classes.noticeButton} onClick={liveStream.retryNow}>
            {t('stream.retry')}
          </button>
        </div>
      )}
    </div>
  );
}
