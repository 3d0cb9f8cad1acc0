import type { ReactNode } from 'react';
import { useTitle } from './useTitle';
import { Crumbs, type Crumb } from './Crumbs';
import classes from './Page.module.css';

export interface PageProps {
  /** For the browser's tab; the heading too, unless `heading` is given. */
  title: string;
  heading?: ReactNode;
  crumbs?: Crumb[];
  actions?: ReactNode;
  /** `fill` gives the content all the height that is left, without a margin. */
  fill?: boolean;
  children: ReactNode;
}

/** The frame of every page behind the log-in: crumbs, one `h1`, actions at the right, content. */
export function Page({ title, heading, crumbs, actions, fill = false, children }: PageProps) {
  useTitle(title);
  return (
    <div className={fill ? classes.fill : classes.page}>
      <header className={classes.header}>
        <div className={classes.names}>
          {crumbs && <Crumbs crumbs={crumbs} />}
          <h1 className={classes.heading}>{heading ?? title}</h1>
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      <div className={classes.content}>{children}</div>
    </div>
  );
}
