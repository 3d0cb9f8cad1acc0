import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../designer.module.css';

interface SectionProps {
  title: string;
  /** How many fields say something. */
  set: number;
  faults: number;
  isOpen: boolean;
  onToggle(): void;
  children: ReactNode;
}

/** A part of a form that can be closed; its heading says whether there is anything in it. */
export function Section({ title, set, faults, isOpen, onToggle, children }: SectionProps) {
  const { t } = useTranslation('designer');
  const id = useId();
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <section className={classes.section}>
      <UnstyledButton className={classes.sectionHead} aria-expanded={isOpen} aria-controls={id} onClick={onToggle}>
        <Chevron size={16} aria-hidden style={{ color: 'var(--text-soft)' }} />
        {title}
        {faults > 0 ? (
          <span className={classes.count} data-faulty>
            {t('faultCount', { count: faults })}
          </span>
        ) : (
          set > 0 && <span className={classes.count}>{t('form.set', { count: set })}</span>
        )}
      </UnstyledButton>
      <div id={id} hidden={!isOpen} className={classes.sectionBody}>
        {isOpen && children}
      </div>
    </section>
  );
}
