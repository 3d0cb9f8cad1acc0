import {
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
  IconRestore,
  type Icon,
} from '@tabler/icons-react';
import type { InstanceAction } from '~/services/instances';

export const actionIcons: Record<InstanceAction, Icon> = {
  PAUSE: IconPlayerPause,
  RESUME: IconPlayerPlay,
  STOP: IconPlayerStop,
  RERUN: IconRefresh,
  RECOVER_FAILED: IconRestore,
};
