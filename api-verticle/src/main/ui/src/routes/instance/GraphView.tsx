import { Skeleton } from '@mantine/core';
import {
  IconCheck,
  IconExternalLink,
  IconFileText,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconPlayerStop,
  IconPlayerTrackPrev,
} from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '~/components/Problem';
import { useReason } from '~/i18n/useReason';
import type { InstanceGraph, TaskAction, TaskInstance } from '~/services/instances';
import type { MenuEntry } from '~/workflow-diagram/DiagramMenu';
import type { TaskLook } from '~/workflow-diagram/flowNodes';
import { InstanceDiagram } from '~/workflow-diagram/InstanceDiagram';
import { instanceGraph } from '~/workflow-diagram/instanceGraph';
import { useTaskActions } from '../instances/useInstanceActions';
import type { NodeScope, ViewProps } from './InstancePage';
import { canForce, canKill } from './taskFacts';

export interface GraphViewProps extends ViewProps {
  graph: UseQueryResult<InstanceGraph>;
  onRun(node: string, scope: NodeScope): void;
}

/** The live picture; a task's menu holds all that can be done with it. */
export function GraphView({ state, graph, openTask, onOpenTask, onRun }: GraphViewProps) {
  const { t } = useTranslation('instances');
  const navigate = useNavigate();
  const [acted, setActed] = useState<TaskInstance | null>(null);
  const actions = useTaskActions(acted);
  const say = useReason();
  const { instance, tasks } = state;
  const drawn = useMemo(() => graph.data && instanceGraph(graph.data), [graph.data]);
  const looks = useMemo(() => {
    const found = new Map<string, TaskLook>();
    for (const task of tasks.values()) {
      found.set(task.name, {
        state: task.state,
        reason: say(task.reason),
        startTime: task.startTime,
        endTime: task.endTime,
        attempt: task.attempt,
      });
    }
    return found;
  }, [tasks, say]);

  if (graph.isError) {
    return (
      <div style={{ padding: 16 }}>
        <Problem problem={graph.error} onRetry={() => void graph.refetch()} />
      </div>
    );
  }
  if (!drawn || !graph.data) return <Skeleton height="100%" radius={0} />;

  function menuItems(name: string): MenuEntry[] {
    const task = tasks.get(name);
    const run = (scope: NodeScope) => () => onRun(name, scope);
    const act = (action: TaskAction) => () => {
      if (!task) return;
      setActed(task);
      actions.ask(action);
    };
    const entries: MenuEntry[] = [];
    if (task) {
      const { child } = task;
      entries.push({
        key: 'log',
        label: t('action.log'),
        icon: IconFileText,
        onClick: () => void navigate({ to: '/tasks/$id/log', params: { id: task.id } }),
      });
      if (child !== null) {
        entries.push({
          key: 'child',
          label: t('action.child'),
          icon: IconExternalLink,
          onClick: () => void navigate({ to: '/instances/$id', params: { id: child } }),
        });
      }
    }
    entries.push(
      { key: 'from', label: t('action.runFrom'), icon: IconPlayerPlay, isSeparated: task !== undefined, onClick: run('TASK_POST') },
      { key: 'only', label: t('action.runOnly'), icon: IconPlayerSkipForward, onClick: run('TASK_ONLY') },
      { key: 'upTo', label: t('action.runUpTo'), icon: IconPlayerTrackPrev, onClick: run('TASK_PRE') },
    );
    if (task && canForce(task, instance)) {
      entries.push({ key: 'force', label: t('action.FORCE_SUCCESS'), icon: IconCheck, isSeparated: true, onClick: act('FORCE_SUCCESS') });
    }
    if (task && canKill(task)) {
      entries.push({ key: 'kill', label: t('action.KILL'), icon: IconPlayerStop, isSeparated: true, isDanger: true, onClick: act('KILL') });
    }
    return entries;
  }

  return (
    <>
      <InstanceDiagram
        graph={drawn}
        layout={graph.data.layout}
        looks={looks}
        openTask={openTask}
        onOpenTask={onOpenTask}
        menuItems={menuItems}
        label={t('view.graphOf', { id: instance.id })}
      />
      {actions.dialog}
    </>
  );
}
