import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleXFilled,
  IconClockHour4,
  IconLoader2,
  IconPlayerPauseFilled,
  IconPlayerStopFilled,
  IconPlayerTrackNextFilled,
  IconRosetteDiscountCheckFilled,
  IconSend2,
  type Icon,
} from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { toneColor, toneOf, type ShownState } from '~/theme/states';
import classes from './StateBadge.module.css';

const icons: Record<ShownState, Icon> = {
  SUBMITTED: IconCircleDashed,
  SERIAL_WAIT: IconClockHour4,
  DELAYED: IconClockHour4,
  NONE: IconCircleDashed,
  SKIPPED: IconPlayerTrackNextFilled,
  FORBIDDEN: IconCircleMinus,
  DISPATCHED: IconSend2,
  RUNNING: IconLoader2,
  PAUSING: IconPlayerPauseFilled,
  PAUSED: IconPlayerPauseFilled,
  STOPPING: IconPlayerStopFilled,
  STOPPED: IconPlayerStopFilled,
  KILLED: IconPlayerStopFilled,
  FAILED: IconCircleXFilled,
  SUCCEEDED: IconCircleCheckFilled,
  FORCED_SUCCESS: IconRosetteDiscountCheckFilled,
  LOST: IconAlertTriangleFilled,
  FAILOVER: IconAlertTriangleFilled,
};

export interface StateIconProps {
  state: ShownState;
  size?: number;
  /** Does not turn: for what was, not what is. */
  isStill?: boolean;
  style?: CSSProperties;
}

/** The sign of a state. It says nothing to a screen reader: put the state's name beside it. */
export function StateIcon({ state, size = 16, isStill = false, style }: StateIconProps) {
  const Sign = icons[state] ?? IconCircleDashed;
  return (
    <Sign
      size={size}
      aria-hidden
      className={state === 'RUNNING' && !isStill ? classes.turning : undefined}
      style={{ color: toneColor(toneOf(state)), flex: 'none', ...style }}
    />
  );
}
