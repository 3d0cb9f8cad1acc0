import { CloseButton } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../designer.module.css';

interface PanelFrameProps {
  label: string;
  title?: ReactNode;
  onClose(): void;
  children: ReactNode;
  body?: Ref<HTMLDivElement>;
}

/** The column at the right: a heading that stays, and content that scrolls. */
export function PanelFrame({ label, title, onClose, children, body }: PanelFrameProps) {
  const { t } = useTranslation('designer');
  return (
    <aside className={classes.panel} aria-label={label}>
      <header className={classes.panelHead}>
        <h2 className={`${classes.panelTitle} cut`}>{title ?? label}</h2>
        <CloseButton aria-label={t('closePanel')} title={t('closePanel')} onClick={onClose} />
      </header>
      <div className={classes.panelBody} ref={body}>
        {children}
      </div>
    </aside>
  );
}
