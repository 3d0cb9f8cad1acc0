import { useTranslation } from 'react-i18next';
import { toneColor, toneOf, toneSoft, type ShownState } from '~/theme/states';
import classes from './StateBadge.module.css';
import { StateIcon } from './StateIcon';

export interface StateBadgeProps {
  state: ShownState;
  plain?: boolean;
  /** Does not turn: for what was, not what is. */
  isStill?: boolean;
}

/** A state by sign, word and colour; `plain` leaves the background out. */
export function StateBadge({ state, plain = false, isStill = false }: StateBadgeProps) {
  const { t } = useTranslation();
  const tone = toneOf(state);
  return (
    <span
      className={plain ? classes.plain : classes.badge}
      style={{ color: toneColor(tone), backgroundColor: plain ? undefined : toneSoft(tone) }}
      data-state={state}
    >
      <StateIcon state={state} size={14} isStill={isStill} />
      {t(`state.${state}`)}
    </span>
  );
}
