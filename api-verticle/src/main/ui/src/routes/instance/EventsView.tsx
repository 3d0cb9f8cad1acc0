import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Rows } from '~/components/PageSkeleton';
import { Problem } from '~/components/Problem';
import { StateBadge } from '~/components/StateBadge';
import table from '~/components/Table.module.css';
import { fullTimeText, timeText } from '~/components/timeText';
import { listEvents, type WorkflowInstance } from '~/services/instances';
import type { ShownState } from '~/theme/states';
import type { Tasks } from './InstancePage';
import classes from './InstancePage.module.css';

const quietMillis = 400;

/** The append-only history, oldest first; what the stream tells makes it read on. */
export function EventsView({ instance, tasks }: { instance: WorkflowInstance; tasks: Tasks }) {
  const { t, i18n } = useTranslation('instances');
  const { t: c } = useTranslation();
  const query = useInfiniteQuery({
    queryKey: ['events', instance.id],
    queryFn: ({ pageParam, signal }) => listEvents(instance.id, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  const { refetch } = query;
  useEffect(() => {
    const timer = setTimeout(() => void refetch(), quietMillis);
    return () => clearTimeout(timer);
  }, [instance, tasks, refetch]);

  if (query.isError) {
    return (
      <div style={{ padding: 16 }}>
        <Problem problem={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  }
  const events = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={classes.scroll} tabIndex={0} role="group" aria-label={t('view.events')}>
      <div className={classes.padded} style={{ maxWidth: 'none' }}>
        <div className={table.frame}>
          {query.isPending ? (
            <div style={{ padding: '4px 16px' }}>
              <Rows count={8} />
            </div>
          ) : (
            <table className={table.table}>
              <thead>
                <tr>
                  <th>{t('events.time')}</th>
                  <th>{t('events.what')}</th>
                  <th>{t('events.from')}</th>
                  <th>{t('events.to')}</th>
                  <th>{t('events.cause')}</th>
                  <th>{t('events.actor')}</th>
                </tr>
              </thead>
              <tbody>
                {events.map((event, index) => (
                  <tr key={`${event.number} ${index}`}>
                    <td title={fullTimeText(event.time, i18n.language)} style={{ whiteSpace: 'nowrap' }}>
                      {timeText(event.time, i18n.language)}
                      <span className="soft">.{event.time.match(/\.(\d{3})/)?.[1] ?? '000'}</span>
                    </td>
                    <td>
                      {event.task === null ? (
                        t('events.workflow')
                      ) : (
                        <>
                          {event.task}
                          {event.attempt > 1 && (
                            <span className="soft"> · {t('events.attempt', { attempt: event.attempt })}</span>
                          )}
                        </>
                      )}
                    </td>
                    <td>{event.from ? <StateBadge plain isStill state={event.from as ShownState} /> : '—'}</td>
                    <td>{event.to ? <StateBadge plain isStill state={event.to as ShownState} /> : '—'}</td>
                    <td style={{ overflowWrap: 'anywhere' }}>{t(`causes.${event.cause as 'Begin'}`, { defaultValue: event.cause })}</td>
                    <td>{event.actor}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
        {query.hasNextPage && (
          <div>
            <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {c('action.loadMore')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
