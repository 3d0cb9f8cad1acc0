import { AppShell, Burger } from '@mantine/core';
import { useDisclosure, useLocalStorage } from '@mantine/hooks';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Logo } from './Logo';
import { Navigation } from './Navigation';
import { ShortcutsHelp } from './ShortcutsHelp';
import { StreamNotice } from './StreamNotice';
import classes from './Shell.module.css';

/** What surrounds every page behind the log-in. */
export function Shell() {
  const { t } = useTranslation();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const [isNarrow, setNarrow] = useLocalStorage({
    key: 'porpoise.narrow',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  return (
    <AppShell
      layout="alt"
      header={{ height: { base: 48, sm: 0 } }}
      navbar={{ width: isNarrow ? 56 : 216, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      transitionDuration={0}
      padding={0}
    >
      <a href="#content" className={classes.skip}>
        {t('app.skip')}
      </a>
      <AppShell.Header hiddenFrom="sm" className={classes.header}>
        <Burger opened={isOpen} onClick={toggle} size="sm" aria-label={t(isOpen ? 'nav.close' : 'nav.open')} />
        <Link to="/" className={classes.brand}>
          <Logo />
          {t('app.name')}
        </Link>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar}>
        <Navigation isNarrow={isNarrow} setNarrow={setNarrow} onLeave={close} />
      </AppShell.Navbar>
      <AppShell.Main className={classes.main} id="content" tabIndex={-1}>
        <StreamNotice />
        <div className={classes.page}>
          <Outlet />
        </div>
      </AppShell.Main>
      <ShortcutsHelp />
    </AppShell>
  );
}
