import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconSearch, IconSitemap, IconTimeline } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '~/components/EmptyState';
import { ButtonLink } from '~/components/links';
import { Page } from '~/components/Page';
import { Rows } from '~/components/PageSkeleton';
import { Problem } from '~/components/Problem';
import { useShortcuts } from '~/components/shell/shortcuts';
import table from '~/components/Table.module.css';
import { listWorkflows } from '~/services/projects';
import { WorkflowsTable } from './WorkflowsTable';

const route = getRouteApi('/shell/projects/$project');
const StartDialog = lazy(() => import('~/routes/designer/StartDialog').then((file) => ({ default: file.StartDialog })));

export function WorkflowsPage() {
  const { t } = useTranslation('workflows');
  const { t: c } = useTranslation();
  const { project } = route.useParams();
  const navigate = useNavigate();
  const [wanted, setWanted] = useState('');
  const [search] = useDebouncedValue(wanted.trim(), 250);
  const [started, setStarted] = useState<string | null>(null);
  const query = useInfiniteQuery({
    queryKey: ['workflows', project, search],
    queryFn: ({ pageParam, signal }) => listWorkflows(project, search, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  useShortcuts(
    useMemo(
      () => [
        {
          keys: 'n',
          text: t('new'),
          run: () => void navigate({ to: '/projects/$project/new-workflow', params: { project } }),
        },
      ],
      [t, navigate, project],
    ),
  );

  const workflows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const isEmpty = query.isSuccess && workflows.length === 0 && search === '' && wanted === '';
  const button = (
    <ButtonLink
      to="/projects/$project/new-workflow"
      params={{ project }}
      leftSection={<IconPlus size={16} aria-hidden />}
    >
      {t('new')}
    </ButtonLink>
  );
  return (
    <Page
      title={t('titleOf', { project })}
      heading={project}
      crumbs={[{ text: c('nav.projects'), link: { to: '/projects' } }]}
      actions={
        <>
          <ButtonLink
            to="/instances"
            search={{ project }}
            variant="default"
            leftSection={<IconTimeline size={16} aria-hidden />}
          >
            {t('instances')}
          </ButtonLink>
          {!isEmpty && button}
        </>
      }
    >
      {query.isError && <Problem problem={query.error} onRetry={() => void query.refetch()} />}
      {!query.isError && !isEmpty && (
        <div className={table.bar}>
          <TextInput
            aria-label={t('search')}
            placeholder={t('search')}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
            w={280}
          />
        </div>
      )}
      {!query.isError && (
        <div className={table.frame} aria-busy={query.isFetching}>
          {query.isPending ? (
            <div style={{ padding: '4px 16px' }}>
              <Rows count={6} height={44} />
            </div>
          ) : isEmpty ? (
            <EmptyState icon={IconSitemap} title={t('empty.title')} text={t('empty.text')}>
              {button}
            </EmptyState>
          ) : workflows.length === 0 ? (
            <EmptyState icon={IconSearch} title={t('nothing', { text: search })} />
          ) : (
            <WorkflowsTable workflows={workflows} onRun={setStarted} />
          )}
        </div>
      )}
      {query.hasNextPage && (
        <Button variant="default" mt={12} loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {c('action.loadMore')}
        </Button>
      )}
      {started !== null && (
        <Suspense>
          <StartDialog project={project} workflow={started} opened onClose={() => setStarted(null)} />
        </Suspense>
      )}
    </Page>
  );
}
