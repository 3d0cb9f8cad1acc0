import { IconInfoCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Lasted, Time } from '~/components/Time';
import { useReason } from '~/i18n/useReason';
import type { WorkflowInstance } from '~/services/instances';
import { toneColor, toneOf } from '~/theme/states';
import classes from './InstancePage.module.css';

/** What was asked for and when, in a line; above all why it is where it is. */
export function InstanceFacts({ instance }: { instance: WorkflowInstance }) {
  const { t } = useTranslation('instances');
  const say = useReason();
  const { parent } = instance;
  return (
    <div className={classes.facts}>
      {instance.reason && (
        <div className={classes.why} role="status">
          <IconInfoCircle size={16} aria-hidden style={{ color: toneColor(toneOf(instance.state)) }} />
          <span>{say(instance.reason)}</span>
        </div>
      )}
      <dl className={classes.factList}>
        <Fact name={t('detail.created')}>
          <Time iso={instance.createdTime} />
          <span className="soft">
            {' '}
            {t('detail.by')} {instance.createdBy}
          </span>
        </Fact>
        <Fact name={t('detail.lasted')}>
          <Lasted start={instance.startTime} end={instance.endTime} />
        </Fact>
        {instance.endTime && (
          <Fact name={t('detail.ended')}>
            <Time iso={instance.endTime} />
          </Fact>
        )}
        <Fact name={t('detail.version')}>{instance.version}</Fact>
        {instance.runTimes > 1 && <Fact name={t('detail.runTimes')}>{instance.runTimes}</Fact>}
        {instance.scheduleTime && (
          <Fact name={t('detail.scheduleTime')}>
            <Time iso={instance.scheduleTime} />
          </Fact>
        )}
        {parent && (
          <Fact name={t('detail.parent')}>
            <Link to="/instances/$id" params={{ id: parent.workflowInstanceId }} className="link">
              {t('detail.parentLink', { id: parent.workflowInstanceId })}
            </Link>
          </Fact>
        )}
        {instance.startNodes.length > 0 && (
          <Fact name={t('detail.startNodes')}>
            {instance.startNodes.join(', ')}{' '}
            <span className="soft">({t(`scope.${instance.nodeScope as 'TASK_POST'}`)})</span>
          </Fact>
        )}
        {instance.priority && <Fact name={t('detail.priority')}>{instance.priority}</Fact>}
        {instance.failureStrategy && <Fact name={t('detail.failureStrategy')}>{instance.failureStrategy}</Fact>}
        {instance.workerGroup && <Fact name={t('detail.workerGroup')}>{instance.workerGroup}</Fact>}
        {instance.environment && <Fact name={t('detail.environment')}>{instance.environment}</Fact>}
        {instance.dryRun && <Fact name={t('detail.dryRun')}>✓</Fact>}
        <Fact name={t('detail.owner')}>{instance.owner ?? <span className="soft">{t('detail.noOwner')}</span>}</Fact>
      </dl>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
