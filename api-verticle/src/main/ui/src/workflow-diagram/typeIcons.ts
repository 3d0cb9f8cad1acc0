import {
  IconArrowsJoin2,
  IconArrowsSplit2,
  IconBoxMultiple,
  IconBrandDocker,
  IconBrandPython,
  IconBrandSpeedtest,
  IconCoffee,
  IconDatabase,
  IconGitBranch,
  IconHourglass,
  IconPuzzle,
  IconSitemap,
  IconTerminal2,
  IconWorld,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { typeKey } from './document';

/** By the icon key that the server serves with a type, or by the type itself. */
const ICONS: Record<string, Icon> = {
  SHELL: IconTerminal2,
  REMOTESHELL: IconTerminal2,
  PYTHON: IconBrandPython,
  SQL: IconDatabase,
  PROCEDURE: IconDatabase,
  HTTP: IconWorld,
  JAVA: IconCoffee,
  K8S: IconBrandDocker,
  SPARK: IconBrandSpeedtest,
  SUBWORKFLOW: IconSitemap,
  SUBPROCESS: IconSitemap,
  SWITCH: IconArrowsSplit2,
  CONDITION: IconGitBranch,
  CONDITIONS: IconGitBranch,
  DEPENDENT: IconHourglass,
  DYNAMIC: IconBoxMultiple,
  NOOP: IconArrowsJoin2,
};

/** Types that this version has no picture for get a generic one. */
export function typeIcon(key: string): Icon {
  return ICONS[typeKey(key)] ?? IconPuzzle;
}
