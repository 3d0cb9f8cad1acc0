import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Rows } from '~/components/PageSkeleton';
import { Section } from '~/components/Section';
import { StateIcon } from '~/components/StateIcon';
import { Lasted, Time } from '~/components/Time';
import { useReason } from '~/i18n/useReason';
import type { WorkflowInstance } from '~/services/instances';
import type { WorkflowState } from '~/theme/states';
import classes from './HomePage.module.css';

export interface LatelyProps {
  title: string;
  none: string;
  state: WorkflowState;
  rows: WorkflowInstance[] | null;
}

const shownMost = 6;

/** The newest instances in a state, with what they wait for or died of. */
export function Lately({ title, none, state, rows }: LatelyProps) {
  const { t } = useTranslation('home');
  const { t: c } = useTranslation();
  const say = useReason();
  return (
    <Section
      title={title}
      aside={
        rows !== null &&
        rows.length > 0 && (
          <Link to="/instances" search={{ state }} className="link">
            {t('all')}
          </Link>
        )
      }
    >
      <div className={classes.lately}>
        {rows === null && (
          <div style={{ padding: '4px 16px' }}>
            <Rows count={3} height={44} />
          </div>
        )}
        {rows?.length === 0 && <p className={classes.none}>{none}</p>}
        {rows?.slice(0, shownMost).map((row) => (
          <Link key={row.id} to="/instances/$id" params={{ id: row.id }} className={classes.row}>
            <StateIcon state={row.state} />
            <span className="visually-hidden">{c(`state.${row.state}`)}</span>
            <span className={classes.rowName}>
              <span className="cut">{row.workflow}</span>
              <span className={`${classes.rowReason} cut`} title={say(row.reason)}>
                {say(row.reason) ?? row.project}
              </span>
            </span>
            <span className={classes.rowTimes}>
              <Lasted start={row.startTime ?? row.createdTime} end={row.endTime} />
              <span className="soft">
                <Time iso={row.createdTime} />
              </span>
            </span>
          </Link>
        ))}
      </div>
    </Section>
  );
}
