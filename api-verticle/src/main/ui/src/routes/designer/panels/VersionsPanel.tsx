import { Badge, Button, Group, Menu, ActionIcon, Skeleton, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconDots, IconEye, IconGitCompare } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '~/components/Problem';
import { listVersions } from '~/services/definitions';
import type { VersionRow } from '~/services/definitions';
import classes from '../designer.module.css';
import { PanelFrame } from './PanelFrame';
import { VersionDiff } from './VersionDiff';

interface VersionsPanelProps {
  project: string;
  workflow: string;
  /** The version that is shown, and the newest one. */
  shown: number;
  newest: number;
  onView(version: number): void;
  onRestore(version: number): void;
  onClose(): void;
}

/** All versions: look at one, compare it with the newest, make it the newest again. */
export function VersionsPanel(props: VersionsPanelProps) {
  const { t } = useTranslation('designer');
  const { t: c } = useTranslation();
  const [compared, setCompared] = useState<number | null>(null);
  const query = useInfiniteQuery({
    queryKey: ['versions', props.project, props.workflow],
    queryFn: ({ pageParam, signal }) => listVersions(props.project, props.workflow, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <PanelFrame label={t('versions.title')} onClose={props.onClose}>
      {query.isError && <Problem problem={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && (
        <Stack gap={8}>
          {[1, 2, 3].map((row) => (
            <Skeleton key={row} height={44} />
          ))}
        </Stack>
      )}
      {rows.map((row) => (
        <Row key={row.version} row={row} {...props} onCompare={() => setCompared(row.version)} />
      ))}
      {query.hasNextPage && (
        <Button variant="default" mt={12} loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {c('action.loadMore')}
        </Button>
      )}
      {compared !== null && (
        <VersionDiff
          project={props.project}
          workflow={props.workflow}
          before={compared}
          after={props.newest}
          onClose={() => setCompared(null)}
        />
      )}
    </PanelFrame>
  );
}

function Row({ row, ...props }: VersionsPanelProps & { row: VersionRow; onCompare(): void }) {
  const { t, i18n } = useTranslation('designer');
  const isNewest = row.version === props.newest;
  const isShown = row.version === props.shown;
  const name = t('versions.name', { version: row.version });
  const time = new Date(row.createdTime).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <div className={classes.version} aria-current={isShown}>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Group gap={8}>
          <Text size="sm" fw={600}>
            {name}
          </Text>
          {isNewest && <Badge variant="light" size="sm" tt="none">{t('versions.newest')}</Badge>}
          {isShown && !isNewest && <Badge variant="default" size="sm" tt="none">{t('versions.shown')}</Badge>}
        </Group>
        <Text size="xs" c="dimmed" className="cut">
          {time} · {row.createdBy}
        </Text>
      </div>
      {!isShown && (
        <Button variant="default" size="compact-sm" onClick={() => props.onView(row.version)}>
          {t('versions.view')}
        </Button>
      )}
      {!isNewest && (
        <Menu>
          <Menu.Target>
            <ActionIcon aria-label={t('versions.more', { version: row.version })}>
              <IconDots size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconEye size={16} aria-hidden />} onClick={() => props.onView(row.version)}>
              {t('versions.view')}
            </Menu.Item>
            <Menu.Item leftSection={<IconGitCompare size={16} aria-hidden />} onClick={props.onCompare}>
              {t('versions.compare')}
            </Menu.Item>
            <Menu.Item leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => props.onRestore(row.version)}>
              {t('versions.restore')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
