import { ActionIcon, Select, Skeleton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '~/components/Problem';
import { StateBadge } from '~/components/StateBadge';
import { useReason } from '~/i18n/useReason';
import type { InstanceState } from '~/services/instanceState';
import { isWorkflowFinished } from '~/theme/states';
import type { NodeScope } from './InstancePage';
import { TaskButtons } from './TaskButtons';
import { TaskDetails } from './TaskDetails';
import { useAttempts } from './useAttempts';
import classes from './TaskPanel.module.css';

export interface TaskPanelProps {
  name: string;
  state: InstanceState;
  onClose(): void;
  onRun(node: string, scope: NodeScope): void;
}

/** All about one task of an instance, beside whichever view is open. */
export function TaskPanel({ name, state, onClose, onRun }: TaskPanelProps) {
  const { t } = useTranslation('instances');
  const { t: c } = useTranslation();
  const say = useReason();
  const newest = state.tasks.get(name);
  const [chosen, setChosen] = useState<string | null>(null);
  const attempts = useAttempts(state, (newest?.attempt ?? 0) > 1);
  const mine = (attempts.data ?? []).filter((task) => task.name === name).sort((a, b) => b.attempt - a.attempt);
  const task = (chosen !== null && mine.find((attempt) => attempt.id === chosen)) || newest;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // What was opened is read out, and the next Tab stays in it, unless the pointer is at work in the picture.
    if (document.activeElement?.closest('.react-flow') === null) heading.current?.focus();
  }, []);
  return (
    <aside className={classes.panel} aria-label={t('task.panel', { name })}>
      <header className={classes.header}>
        <h2 ref={heading} tabIndex={-1} className={classes.title} title={name}>
          {name}
        </h2>
        <ActionIcon aria-label={t('task.close')} onClick={onClose}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </header>
      {task ? (
        <>
          <div className={classes.state}>
            <div className={classes.stateLine}>
              <StateBadge state={task.state} />
              {newest && newest.attempt > 1 && (
                <Select
                  size="xs"
                  w={176}
                  aria-label={t('task.attempts')}
                  allowDeselect={false}
                  data={(mine.length > 0 ? mine : [newest]).map((attempt) => ({
                    value: attempt.id,
                    label: `${t('task.attempt', { attempt: attempt.attempt })} · ${c(`state.${attempt.state}`)}`,
                  }))}
                  value={task.id}
                  onChange={setChosen}
                />
              )}
            </div>
            {task.reason && <p className={classes.why}>{say(task.reason)}</p>}
            <TaskButtons task={task} instance={state.instance} onRun={onRun} />
          </div>
          {attempts.isError && <Problem problem={attempts.error} onRetry={() => void attempts.refetch()} />}
          {attempts.isPending && newest && newest.attempt > 1 && <Skeleton height={24} m={16} aria-label={t('task.loading')} />}
          <TaskDetails key={task.id} task={task} />
        </>
      ) : (
        <p className={classes.none}>{t(isWorkflowFinished(state.instance.state) ? 'task.notRun' : 'task.notStarted')}</p>
      )}
    </aside>
  );
}
