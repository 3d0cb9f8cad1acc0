import { Button, Group, Switch, Tooltip } from '@mantine/core';
import { IconPlayerPlay, IconTimeline } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ActionIconLink } from '~/components/links';
import { problemText } from '~/components/problemText';
import { StateBadge } from '~/components/StateBadge';
import table from '~/components/Table.module.css';
import { Time } from '~/components/Time';
import { toast } from '~/components/toasts';
import { releaseWorkflow, type WorkflowRow } from '~/services/projects';

export interface WorkflowsTableProps {
  workflows: WorkflowRow[];
  onRun(workflow: string): void;
}

export function WorkflowsTable({ workflows, onRun }: WorkflowsTableProps) {
  const { t } = useTranslation('workflows');
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th>{t('name')}</th>
          <th className={table.right}>{t('version')}</th>
          <th>{t('release')}</th>
          <th>{t('last')}</th>
          <th>{t('updated')}</th>
          <th className={table.right}>
            <span className="visually-hidden">{t('actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {workflows.map((workflow) => (
          <WorkflowLine key={workflow.name} workflow={workflow} onRun={onRun} />
        ))}
      </tbody>
    </table>
  );
}

function WorkflowLine({ workflow, onRun }: { workflow: WorkflowRow; onRun(workflow: string): void }) {
  const { t } = useTranslation('workflows');
  const { name, project, lastInstance } = workflow;
  const isOnline = workflow.releaseState === 'ONLINE';
  return (
    <tr>
      <td>
        <Link to="/projects/$project/workflows/$workflow" params={{ project, workflow: name }} className={table.name}>
          {name}
        </Link>
        {workflow.description && <div className={`${table.under} cut`}>{workflow.description}</div>}
      </td>
      <td className={table.right}>{workflow.version}</td>
      <td>
        <ReleaseSwitch workflow={workflow} />
      </td>
      <td>
        {lastInstance ? (
          <Group gap={8} wrap="nowrap">
            <Link to="/instances/$id" params={{ id: lastInstance.id }} style={{ textDecoration: 'none' }}>
              <StateBadge state={lastInstance.state} />
            </Link>
            <span className="soft">
              <Time iso={lastInstance.createdTime} />
            </span>
          </Group>
        ) : (
          <span className="soft">{t('never')}</span>
        )}
      </td>
      <td>
        <Time iso={workflow.updatedTime} />
      </td>
      <td>
        <Group gap={8} justify="flex-end" wrap="nowrap">
          <Tooltip label={t('instancesOf', { name })}>
            <ActionIconLink
              to="/instances"
              search={{ project, workflow: name }}
              aria-label={t('instancesOf', { name })}
            >
              <IconTimeline size={18} aria-hidden />
            </ActionIconLink>
          </Tooltip>
          <Tooltip label={t('runOffline')} disabled={isOnline}>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlayerPlay size={14} aria-hidden />}
              aria-label={t('runOf', { name })}
              data-disabled={!isOnline || undefined}
              aria-disabled={!isOnline}
              onClick={() => isOnline && onRun(name)}
            >
              {t('run')}
            </Button>
          </Tooltip>
        </Group>
      </td>
    </tr>
  );
}

function ReleaseSwitch({ workflow }: { workflow: WorkflowRow }) {
  const { t } = useTranslation('workflows');
  const { t: c } = useTranslation();
  const client = useQueryClient();
  const { name, project } = workflow;
  const release = useMutation({
    mutationFn: (isOnline: boolean) => releaseWorkflow(project, name, isOnline ? 'ONLINE' : 'OFFLINE'),
    onSuccess: async (_, isOnline) => {
      toast('done', t(isOnline ? 'wentOnline' : 'wentOffline', { name }));
      await client.invalidateQueries({ queryKey: ['workflows', project] });
    },
    onError: (problem) => toast('failed', c('error.title'), problemText(problem, c)),
  });
  const isOnline = release.isPending ? release.variables : workflow.releaseState === 'ONLINE';
  return (
    <Switch
      checked={isOnline}
      disabled={release.isPending}
      onChange={(event) => release.mutate(event.currentTarget.checked)}
      label={t(isOnline ? 'online' : 'offline')}
      aria-label={t('switch', { name })}
      size="sm"
      styles={{ label: { minWidth: 56 } }}
    />
  );
}
