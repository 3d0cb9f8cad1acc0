import { Link, type LinkProps } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Page.module.css';

export interface Crumb {
  text: string;
  link: LinkProps;
}

export function Crumbs({ crumbs }: { crumbs: Crumb[] }) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('nav.breadcrumbs')} className={classes.crumbs}>
      {crumbs.map((crumb, index) => (
        <Fragment key={crumb.text + index}>
          <Link {...crumb.link} className={classes.crumb}>
            {crumb.text}
          </Link>
          <span aria-hidden>/</span>
        </Fragment>
      ))}
    </nav>
  );
}
