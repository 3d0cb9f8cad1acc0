import { Tabs } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Lasted, Time } from '~/components/Time';
import type { TaskInstance } from '~/services/instances';
import { useTypeLooks } from '~/workflow-diagram/typeLooks';
import { LogView } from '../log/LogView';
import { hasLog } from './taskFacts';
import { Values } from './Values';
import classes from './TaskPanel.module.css';

export function TaskDetails({ task }: { task: TaskInstance }) {
  const { t } = useTranslation('instances');
  return (
    <Tabs defaultValue={hasLog(task) ? 'log' : 'facts'} keepMounted={false} className={classes.tabs}>
      <Tabs.List px={8}>
        {hasLog(task) && <Tabs.Tab value="log">{t('task.log')}</Tabs.Tab>}
        <Tabs.Tab value="facts">{t('detail.summary')}</Tabs.Tab>
        <Tabs.Tab value="values">{t('view.parameters')}</Tabs.Tab>
      </Tabs.List>
      {hasLog(task) && (
        <Tabs.Panel value="log" className={classes.log}>
          <LogView taskInstanceId={task.id} isCompact />
        </Tabs.Panel>
      )}
      <Tabs.Panel value="facts" className={classes.scroll}>
        <Facts task={task} />
      </Tabs.Panel>
      <Tabs.Panel value="values" className={classes.scroll}>
        <h3 className={classes.section}>{t('task.outputs')}</h3>
        <Values values={task.outputs} none={t('task.noValues')} />
        <h3 className={classes.section}>{t('task.params')}</h3>
        <Values values={task.params} none={t('task.noValues')} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Facts({ task }: { task: TaskInstance }) {
  const { t } = useTranslation('instances');
  const types = useTypeLooks(useMemo(() => [task], [task]));
  return (
    <dl className={classes.facts}>
      <Fact name={t('task.type')}>{types.get(task.taskType)?.title ?? task.taskType}</Fact>
      <Fact name={t('task.id')}>{task.id}</Fact>
      <Fact name={t('task.submitted')}>
        <Time iso={task.submitTime} />
      </Fact>
      <Fact name={t('task.started')}>
        <Time iso={task.startTime} />
      </Fact>
      <Fact name={t('task.ended')}>
        <Time iso={task.endTime} />
      </Fact>
      <Fact name={t('task.waited')}>
        <Lasted start={task.submitTime} end={task.startTime ?? task.endTime} />
      </Fact>
      <Fact name={t('task.ran')}>
        <Lasted start={task.startTime} end={task.endTime} />
      </Fact>
      {task.dueTime !== null && (
        <Fact name={t('task.due')}>
          <Time iso={task.dueTime} />
        </Fact>
      )}
      <Fact name={t('task.worker')}>{task.worker ?? '—'}</Fact>
      <Fact name={t('task.workerGroup')}>{task.workerGroup ?? '—'}</Fact>
      {task.exitCode !== null && <Fact name={t('task.exitCode')}>{task.exitCode}</Fact>}
      {task.killCause !== null && (
        <Fact name={t('task.killCause')}>{t(`killCause.${task.killCause as 'STOP'}`)}</Fact>
      )}
      {task.retries > 0 && <Fact name={t('task.retries')}>{task.retries}</Fact>}
      {task.externalId !== null && <Fact name={t('task.externalId')}>{task.externalId}</Fact>}
      {task.branch !== null && <Fact name={t('task.branch')}>{task.branch}</Fact>}
      {task.child !== null && (
        <Fact name={t('task.child')}>
          <Link to="/instances/$id" params={{ id: task.child }} className="link">
            {t('detail.parentLink', { id: task.child })}
          </Link>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
