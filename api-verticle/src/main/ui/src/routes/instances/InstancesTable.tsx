import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { StateBadge } from '~/components/StateBadge';
import table from '~/components/Table.module.css';
import { Lasted, Time } from '~/components/Time';
import { timeText } from '~/components/timeText';
import { useReason } from '~/i18n/useReason';
import type { WorkflowInstance } from '~/services/instances';
import { InstanceMenu } from './InstanceMenu';
import classes from './InstancesTable.module.css';

export function InstancesTable({ rows }: { rows: WorkflowInstance[] }) {
  const { t } = useTranslation('instances');
  return (
    <table className={`${table.table} ${classes.table}`}>
      <thead>
        <tr>
          <th className={classes.state}>{t('column.state')}</th>
          <th>{t('column.instance')}</th>
          <th className={classes.why}>{t('column.why')}</th>
          <th className={classes.time}>{t('column.created')}</th>
          <th className={classes.lasted}>{t('column.lasted')}</th>
          <th className={classes.by}>{t('column.by')}</th>
          <th className={classes.menu}>
            <span className="visually-hidden">{t('column.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <InstanceLine key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

const InstanceLine = memo(function InstanceLine({ row }: { row: WorkflowInstance }) {
  const { t, i18n } = useTranslation('instances');
  const why = useReason()(row.reason);
  const facts = [
    row.project,
    t('version', { version: row.version }),
    row.runTimes > 1 && t('runTimes', { count: row.runTimes }),
    row.scheduleTime && t('scheduled', { time: timeText(row.scheduleTime, i18n.language) }),
    row.parent && t('child'),
    row.dryRun && t('dryRun'),
  ].filter(Boolean);
  return (
    <tr>
      <td>
        <StateBadge state={row.state} />
      </td>
      <td>
        <Link to="/instances/$id" params={{ id: row.id }} className={table.name}>
          {row.workflow} <span className="soft">#{row.id}</span>
        </Link>
        <div className={`${table.under} cut`}>{facts.join(' · ')}</div>
      </td>
      <td className={classes.reason} title={why}>
        <span>{why}</span>
      </td>
      <td>
        <Time iso={row.createdTime} />
      </td>
      <td className={table.right}>
        <Lasted start={row.startTime} end={row.endTime} />
      </td>
      <td className="cut">{row.createdBy}</td>
      <td>
        <InstanceMenu instance={row} />
      </td>
    </tr>
  );
});
