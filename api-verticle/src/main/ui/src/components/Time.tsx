import { useTranslation } from 'react-i18next';
import { useNow } from '~/workflow-diagram/useNow';
import { durationText, fullTimeText, lastedMillis, timeText } from './timeText';

/** A moment; the whole of it on hover. */
export function Time({ iso }: { iso: string | null }) {
  const { i18n } = useTranslation();
  if (!iso) return <span className="soft">—</span>;
  return (
    <time dateTime={iso} title={fullTimeText(iso, i18n.language)} style={{ whiteSpace: 'nowrap' }}>
      {timeText(iso, i18n.language)}
    </time>
  );
}

/** How long something took, or has taken so far: then it counts on. */
export function Lasted({ start, end }: { start: string | null; end: string | null }) {
  const now = useNow(start !== null && end === null);
  const millis = lastedMillis(start, end, now);
  if (millis === null) return <span className="soft">—</span>;
  // What counts on shows whole seconds, so that it does not flicker.
  return <span style={{ whiteSpace: 'nowrap' }}>{durationText(end ? millis : Math.floor(millis / 1000) * 1000)}</span>;
}
