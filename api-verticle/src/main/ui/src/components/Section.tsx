import type { ReactNode } from 'react';
import classes from './Section.module.css';

/** A titled surface. */
export function Section(props: { title: string; aside?: ReactNode; children: ReactNode; padded?: boolean }) {
  return (
    <section className={classes.section} aria-label={props.title}>
      <header className={classes.header}>
        <h2 className={classes.title}>{props.title}</h2>
        {props.aside && <div className={classes.aside}>{props.aside}</div>}
      </header>
      <div className={props.padded ? classes.padded : undefined}>{props.children}</div>
    </section>
  );
}
