import { Skeleton } from '@mantine/core';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Problem } from '~/components/Problem';
import { Section } from '~/components/Section';
import { durationText } from '~/components/timeText';
import { useReason } from '~/i18n/useReason';
import type { Cluster, Member } from '~/services/cluster';
import { useNow } from '~/workflow-diagram/useNow';
import { Meter } from './Meter';
import classes from './HomePage.module.css';

/** A heartbeat comes every few seconds; beyond this something is wrong with the node. */
const silentMillis = 10_000;

export function ClusterSection({ cluster, problem }: { cluster: Cluster | null; problem: unknown }) {
  const { t } = useTranslation('home');
  if (problem !== null) return <Problem problem={problem} />;
  const slots = cluster?.slots;
  const isMissing = slots !== undefined && slots.owned < slots.total;
  return (
    <Section
      title={t('cluster.title')}
      aside={
        slots && (
          <span style={isMissing ? { color: 'var(--state-stopped)' } : undefined}>
            {t('cluster.slots')}: {t('cluster.slotsText', slots)}
            {isMissing && `. ${t('cluster.slotsMissing')}`}
          </span>
        )
      }
    >
      {cluster ? (
        <div className={classes.scroll}>
          <Masters members={cluster.masters} />
          <Workers members={cluster.workers} />
        </div>
      ) : (
        <Skeleton height={200} radius={0} />
      )}
    </Section>
  );
}

function Masters({ members }: { members: Member[] }) {
  const { t } = useTranslation('home');
  if (members.length === 0) return <Warning text={t('cluster.noMasters')} />;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th>{t('cluster.masters')}</th>
          <CommonHeads />
          <th className={classes.count}>{t('cluster.instances')}</th>
          <th className={classes.count}>{t('cluster.waiting')}</th>
          <th>{t('cluster.slots')}</th>
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <tr key={member.node}>
            <NodeCells member={member} />
            <td className={classes.count}>{member.load?.running ?? '—'}</td>
            <td className={classes.count}>{member.load?.waiting ?? '—'}</td>
            <td>{member.load?.slots ?? '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Workers({ members }: { members: Member[] }) {
  const { t } = useTranslation('home');
  if (members.length === 0) return <Warning text={t('cluster.noWorkers')} />;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th>{t('cluster.workers')}</th>
          <CommonHeads />
          <th className={classes.wide} colSpan={2}>
            {t('cluster.attempts')}
          </th>
          <th>{t('cluster.groups')}</th>
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <tr key={member.node}>
            <NodeCells member={member} />
            <td className={classes.wide} colSpan={2}>
              {member.load?.capacity ? (
                <Meter
                  share={member.load.running / member.load.capacity}
                  text={t('cluster.of', { running: member.load.running, capacity: member.load.capacity })}
                />
              ) : (
                (member.load?.running ?? '—')
              )}
            </td>
            <td className="cut" title={member.workerGroups.join(', ')}>
              {member.workerGroups.join(', ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CommonHeads() {
  const { t } = useTranslation('home');
  return (
    <>
      <th className={classes.meter}>{t('cluster.cpu')}</th>
      <th className={classes.meter}>{t('cluster.memory')}</th>
      <th className={classes.meter}>{t('cluster.disk')}</th>
      <th className={classes.count}>{t('cluster.since')}</th>
    </>
  );
}

function NodeCells({ member }: { member: Member }) {
  const { t } = useTranslation('home');
  const say = useReason();
  const now = useNow(true);
  const isSilent = (member.heartbeatAgeMillis ?? 0) > silentMillis;
  const warning = isSilent
    ? t('cluster.silent', { duration: durationText(member.heartbeatAgeMillis ?? 0) })
    : member.load?.refusing
      ? t('cluster.refusing', { reason: say({ text: member.load.refusing }) })
      : member.load
        ? null
        : t('cluster.noLoad');
  const upMillis = Math.max(0, Math.floor((now - Date.parse(member.startTime)) / 1000) * 1000);
  return (
    <>
      <td>
        <div className={`${classes.node} cut`} title={`${member.host} · ${member.version}`}>
          {member.node}
        </div>
        {warning && <div className={classes.warning}>{warning}</div>}
      </td>
      {(['cpu', 'memory', 'disk'] as const).map((part) => (
        <td key={part} className={classes.meter}>
          {member.load ? <Meter share={member.load[part]} text={`${Math.round(member.load[part] * 100)} %`} /> : '—'}
        </td>
      ))}
      <td className={classes.count}>{durationText(upMillis).replace(/\.0 s$/, ' s')}</td>
    </>
  );
}

function Warning({ text }: { text: string }) {
  return (
    <p className={classes.alarm} role="status">
      <IconAlertTriangleFilled size={16} aria-hidden />
      {text}
    </p>
  );
}
