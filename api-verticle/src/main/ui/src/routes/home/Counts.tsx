import { Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StateIcon } from '~/components/StateIcon';
import type { Count } from '~/services/cluster';
import type { WorkflowState } from '~/theme/states';
import classes from './HomePage.module.css';

interface Tile {
  text: 'running' | 'waiting' | 'paused' | 'failed' | 'stopped' | 'succeeded';
  states: readonly WorkflowState[];
  isLately: boolean;
}

const tiles: readonly Tile[] = [
  { text: 'running', states: ['RUNNING', 'PAUSING', 'STOPPING'], isLately: false },
  { text: 'waiting', states: ['SUBMITTED', 'SERIAL_WAIT'], isLately: false },
  { text: 'failed', states: ['FAILED'], isLately: true },
  { text: 'stopped', states: ['STOPPED'], isLately: true },
  { text: 'paused', states: ['PAUSED'], isLately: true },
  { text: 'succeeded', states: ['SUCCEEDED'], isLately: true },
];

/** How many there are in each kind of state; each number leads to its list. */
export function Counts({ counts }: { counts: Record<string, Count> | null }) {
  const { t } = useTranslation('home');
  return (
    <ul className={classes.tiles} aria-label={t('counts.label')}>
      {tiles.map(({ text, states, isLately }) => (
        <li key={text}>
          <Link to="/instances" search={{ state: states[0] }} className={classes.tile}>
            <span className={classes.tileName}>
              <StateIcon state={states[0]!} size={15} isStill />
              {t(`counts.${text}`)}
            </span>
            <span className={classes.tileNumber}>
              {counts ? sum(counts, states) : <Skeleton height={28} width={48} my={2} />}
            </span>
            <span className={classes.tileSpan}>{t(isLately ? 'counts.lately' : 'counts.now')}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function sum(counts: Record<string, Count>, states: readonly WorkflowState[]): string {
  const found = states.map((state) => counts[state] ?? { count: 0, isMore: false });
  const total = found.reduce((before, { count }) => before + count, 0);
  return total.toLocaleString('en') + (found.some(({ isMore }) => isMore) ? '+' : '');
}
