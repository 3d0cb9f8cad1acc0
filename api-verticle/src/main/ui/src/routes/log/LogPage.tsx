import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Crumb } from '~/components/Crumbs';
import { Page } from '~/components/Page';
import { StateBadge } from '~/components/StateBadge';
import { afterEvent, type InstanceState } from '~/services/instanceState';
import { loadTask } from '~/services/instances';
import { useTopic } from '~/services/live';
import { useState } from 'react';
import { LogView } from './LogView';

const route = getRouteApi('/shell/tasks/$id/log');

export function LogPage() {
  const { t } = useTranslation('log');
  const { id } = route.useParams();
  const { at, find } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery({ queryKey: ['task', id], queryFn: ({ signal }) => loadTask(id, signal), staleTime: 0 });
  const [state, setState] = useState<InstanceState | null>(null);
  const instanceId = query.data?.workflowInstanceId ?? null;
  useTopic(instanceId === null ? null : `workflow-instance/${instanceId}`, {
    onEvent: (event) => setState((before) => afterEvent(before, event)),
  });
  const live = [...(state?.tasks.values() ?? [])].find((task) => task.id === id);
  const task = live ?? query.data;
  const name = task?.name ?? '';
  const { project, workflow } = state?.instance ?? {};
  const crumbs: Crumb[] = [];
  if (project !== undefined) crumbs.push({ text: project, link: { to: '/projects/$project', params: { project } } });
  if (instanceId !== null) {
    crumbs.push({
      text: workflow === undefined ? t('instance', { id: instanceId }) : `${workflow} #${instanceId}`,
      link: { to: '/instances/$id', params: { id: instanceId }, search: { task: name } },
    });
  }
  return (
    <Page
      fill
      title={task ? t('title', { name, id }) : t('label')}
      crumbs={crumbs}
      heading={
        <>
          <span className="cut">{task ? t('heading', { name }) : t('label')}</span>
          {task && <StateBadge state={task.state} />}
          {task && task.attempt > 1 && <span className="soft">({task.attempt})</span>}
        </>
      }
    >
      <LogView
        key={id}
        taskInstanceId={id}
        at={at}
        find={find}
        onFind={(text) => void navigate({ search: (before) => ({ ...before, find: text }), replace: true })}
      />
    </Page>
  );
}
