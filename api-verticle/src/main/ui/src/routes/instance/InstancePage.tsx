import { Skeleton } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '~/components/EmptyState';
import { ButtonLink } from '~/components/links';
import { Page } from '~/components/Page';
import { Problem } from '~/components/Problem';
import { StateBadge } from '~/components/StateBadge';
import { HttpProblem } from '~/services/http';
import { loadGraph, type TaskInstance } from '~/services/instances';
import type { InstanceState } from '~/services/instanceState';
import { EventsView } from './EventsView';
import { GanttView } from './GanttView';
import { GraphView } from './GraphView';
import { InstanceButtons } from './InstanceButtons';
import { InstanceFacts } from './InstanceFacts';
import { ParametersView } from './ParametersView';
import { TaskPanel } from './TaskPanel';
import { TasksView } from './TasksView';
import { useInstance } from './useInstance';
import { useInstanceKeys } from './useInstanceKeys';
import { ViewTabs } from './ViewTabs';
import classes from './InstancePage.module.css';

const route = getRouteApi('/shell/instances/$id');
const StartDialog = lazy(() => import('~/routes/designer/StartDialog').then((file) => ({ default: file.StartDialog })));

export type NodeScope = 'TASK_POST' | 'TASK_PRE' | 'TASK_ONLY';

export function InstancePage() {
  const { t } = useTranslation('instances');
  const { id } = route.useParams();
  const { state, problem } = useInstance(id);
  if (problem !== null && state === null) {
    return (
      <Page title={`#${id}`} crumbs={[{ text: t('title'), link: { to: '/instances' } }]}>
        {problem instanceof HttpProblem && problem.code === 'NOT_FOUND' ? (
          <EmptyState icon={IconMapOff} title={t('detail.gone', { id })} text={t('detail.goneText')}>
            <ButtonLink to="/instances">{t('detail.toList')}</ButtonLink>
          </EmptyState>
        ) : (
          <Problem problem={problem} />
        )}
      </Page>
    );
  }
  if (state === null) {
    return (
      <Page title={`#${id}`} fill crumbs={[{ text: t('title'), link: { to: '/instances' } }]}>
        <Skeleton height={73} radius={0} mb={1} />
        <Skeleton radius={0} style={{ flex: 1 }} />
      </Page>
    );
  }
  return <Found key={id} state={state} />;
}

function Found({ state }: { state: InstanceState }) {
  const { t } = useTranslation('instances');
  const { instance, tasks } = state;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [started, setStarted] = useState<{ node: string; scope: NodeScope } | null>(null);
  const graph = useQuery({
    queryKey: ['graph', instance.id, instance.version],
    queryFn: ({ signal }) => loadGraph(instance.id, signal),
    staleTime: Infinity,
  });
  const view = search.view ?? 'graph';
  const open = useCallback(
    (task: string | null) =>
      void navigate({ search: (before) => ({ ...before, task: task ?? undefined }), replace: true }),
    [navigate],
  );
  const keyActions = useInstanceKeys(instance, search.task ? tasks.get(search.task) : undefined);
  const shared = { state, openTask: search.task ?? null, onOpenTask: open };
  return (
    <Page
      fill
      title={t('detail.title', { workflow: instance.workflow, id: instance.id })}
      crumbs={[
        { text: instance.project, link: { to: '/projects/$project', params: { project: instance.project } } },
        {
          text: t('title'),
          link: { to: '/instances', search: { project: instance.project, workflow: instance.workflow } },
        },
      ]}
      heading={
        <>
          <span className="cut">
            {instance.workflow} <span className="soft">#{instance.id}</span>
          </span>
          <StateBadge state={instance.state} />
        </>
      }
      actions={<InstanceButtons instance={instance} />}
    >
      <InstanceFacts instance={instance} />
      <ViewTabs view={view} tasks={tasks} total={graph.data?.tasks.length ?? null} />
      <div className={classes.body}>
        <div className={classes.view} role="tabpanel" id="instance-view" aria-label={t(`view.${view}`)}>
          {view === 'graph' && (
            <GraphView {...shared} graph={graph} onRun={(node, scope) => setStarted({ node, scope })} />
          )}
          {view === 'tasks' && <TasksView {...shared} />}
          {view === 'gantt' && <GanttView {...shared} />}
          {view === 'parameters' && <ParametersView {...shared} />}
          {view === 'events' && <EventsView instance={instance} tasks={tasks} />}
        </div>
        {search.task !== undefined && (
          <TaskPanel
            key={search.task}
            name={search.task}
            state={state}
            onClose={() => open(null)}
            onRun={(node, scope) => setStarted({ node, scope })}
          />
        )}
      </div>
      {keyActions}
      {started && (
        <Suspense>
          <StartDialog
            project={instance.project}
            workflow={instance.workflow}
            startNodes={[started.node]}
            nodeScope={started.scope}
            opened
            onClose={() => setStarted(null)}
          />
        </Suspense>
      )}
    </Page>
  );
}

export interface ViewProps {
  state: InstanceState;
  openTask: string | null;
  onOpenTask(name: string | null): void;
}

export type Tasks = ReadonlyMap<string, TaskInstance>;
