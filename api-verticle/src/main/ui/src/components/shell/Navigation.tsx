import { Tooltip } from '@mantine/core';
import {
  IconFolders,
  IconHome,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconTimeline,
} from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AccountMenu } from './AccountMenu';
import { Logo } from './Logo';
import { PreferencesMenu } from './PreferencesMenu';
import classes from './Shell.module.css';

const places = [
  { to: '/', text: 'nav.home', icon: IconHome },
  { to: '/projects', text: 'nav.projects', icon: IconFolders },
  { to: '/instances', text: 'nav.instances', icon: IconTimeline },
] as const satisfies { to: LinkProps['to']; text: string; icon: Icon }[];

export interface NavigationProps {
  isNarrow: boolean;
  setNarrow(isNarrow: boolean): void;
  /** Somebody has chosen a place; on a small screen the navigation goes away. */
  onLeave(): void;
}

export function Navigation({ isNarrow, setNarrow, onLeave }: NavigationProps) {
  const { t } = useTranslation();
  const Side = isNarrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  const sideText = t(isNarrow ? 'nav.expand' : 'nav.collapse');
  return (
    <nav aria-label={t('nav.label')} className={`${classes.nav} ${isNarrow ? classes.narrow : ''}`}>
      <div className={classes.top}>
        <Link to="/" className={classes.brand} onClick={onLeave} aria-label={t('app.name')}>
          <Logo />
          {!isNarrow && t('app.name')}
        </Link>
      </div>
      {places.map(({ to, text, icon: Sign }) => (
        <Tooltip key={to} label={t(text)} position="right" disabled={!isNarrow}>
          <Link
            to={to}
            className={classes.item}
            activeOptions={{ exact: to === '/', includeSearch: false }}
            onClick={onLeave}
            aria-label={t(text)}
          >
            <Sign size={20} stroke={1.6} aria-hidden />
            {!isNarrow && t(text)}
          </Link>
        </Tooltip>
      ))}
      <div className={classes.grow} />
      <PreferencesMenu isNarrow={isNarrow} />
      <AccountMenu isNarrow={isNarrow} />
      <Tooltip label={sideText} position="right" disabled={!isNarrow}>
        <button
          type="button"
          className={`${classes.item} mantine-visible-from-sm`}
          onClick={() => setNarrow(!isNarrow)}
          aria-label={sideText}
        >
          <Side size={20} stroke={1.6} aria-hidden />
          {!isNarrow && sideText}
        </button>
      </Tooltip>
    </nav>
  );
}
