import { Button, Text } from '@mantine/core';
import { IconFilterOff, IconRefresh, IconTimeline } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '~/components/EmptyState';
import { ButtonLink } from '~/components/links';
import { Page } from '~/components/Page';
import { Rows } from '~/components/PageSkeleton';
import { Problem } from '~/components/Problem';
import table from '~/components/Table.module.css';
import { InstanceFilters } from './InstanceFilters';
import { InstancesTable } from './InstancesTable';
import { useInstanceList } from './useInstanceList';

const route = getRouteApi('/shell/instances');

export function InstancesPage() {
  const { t } = useTranslation('instances');
  const { t: c } = useTranslation();
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInstanceList(filter);
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const isStill = filter.from !== undefined || filter.to !== undefined;
  return (
    <Page
      title={t('title')}
      crumbs={
        filter.project
          ? [{ text: filter.project, link: { to: '/projects/$project', params: { project: filter.project } } }]
          : undefined
      }
      actions={
        isStill && (
          <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={list.refresh}>
            {c('action.refresh')}
          </Button>
        )
      }
    >
      <InstanceFilters filter={filter} onChange={(search) => void navigate({ search, replace: true })} />
      {isStill && (
        <Text size="sm" c="dimmed" mb={12} role="status">
          {t('filter.still')}
        </Text>
      )}
      {list.problem !== null && <Problem problem={list.problem} />}
      {(list.table !== null || list.problem === null) && (
        <div className={table.frame}>
          {list.table === null ? (
            <div style={{ padding: '4px 16px' }}>
              <Rows count={10} height={44} />
            </div>
          ) : list.table.rows.length > 0 ? (
            <InstancesTable rows={list.table.rows} />
          ) : isFiltered ? (
            <EmptyState icon={IconFilterOff} title={t('nothing.title')} text={t('nothing.text')}>
              <Button variant="default" onClick={() => void navigate({ search: {} })}>
                {t('filter.clear')}
              </Button>
            </EmptyState>
          ) : (
            <EmptyState icon={IconTimeline} title={t('empty.title')} text={t('empty.text')}>
              <ButtonLink to="/projects">{t('empty.action')}</ButtonLink>
            </EmptyState>
          )}
        </div>
      )}
      {list.table?.next && (
        <Button variant="default" mt={12} loading={list.isLoadingOlder} onClick={list.loadOlder}>
          {c('action.loadMore')}
        </Button>
      )}
    </Page>
  );
}
