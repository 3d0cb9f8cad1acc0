import { Button, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFolderPlus, IconPlus, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '~/components/EmptyState';
import { Page } from '~/components/Page';
import { Rows } from '~/components/PageSkeleton';
import { Problem } from '~/components/Problem';
import { useShortcuts } from '~/components/shell/shortcuts';
import table from '~/components/Table.module.css';
import { listProjects } from '~/services/projects';
import { NewProjectDialog } from './NewProjectDialog';
import { ProjectsTable } from './ProjectsTable';

const searchFrom = 6;

export function ProjectsPage() {
  const { t } = useTranslation('projects');
  const { t: c } = useTranslation();
  const [isOpen, { open, close }] = useDisclosure(false);
  const [wanted, setWanted] = useState('');
  const query = useInfiniteQuery({
    queryKey: ['projects'],
    queryFn: ({ pageParam, signal }) => listProjects(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  useShortcuts(useMemo(() => [{ keys: 'n', text: t('new'), run: open }], [t, open]));

  const projects = query.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = projects.filter((project) => project.name.toLowerCase().includes(wanted.trim().toLowerCase()));
  const button = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
      {t('new')}
    </Button>
  );
  return (
    <Page title={t('title')} actions={query.isSuccess && projects.length > 0 && button}>
      {query.isError && <Problem problem={query.error} onRetry={() => void query.refetch()} />}
      {(projects.length >= searchFrom || wanted) && (
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
        <div className={table.frame}>
          {query.isPending ? (
            <div style={{ padding: '4px 16px' }}>
              <Rows count={6} height={44} />
            </div>
          ) : projects.length === 0 ? (
            <EmptyState icon={IconFolderPlus} title={t('empty.title')} text={t('empty.text')}>
              {button}
            </EmptyState>
          ) : shown.length === 0 ? (
            <EmptyState icon={IconSearch} title={t('nothing', { text: wanted })} />
          ) : (
            <ProjectsTable projects={shown} />
          )}
        </div>
      )}
      {query.hasNextPage && (
        <Button variant="default" mt={12} loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {c('action.loadMore')}
        </Button>
      )}
      <NewProjectDialog opened={isOpen} onClose={close} />
    </Page>
  );
}
