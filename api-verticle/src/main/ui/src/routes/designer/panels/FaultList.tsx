import { CloseButton, UnstyledButton } from '@mantine/core';
import { IconAlertCircleFilled, IconAlertTriangleFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from '../designer.module.css';
import { isMissing } from '~/workflow-diagram/faults';
import type { PlacedFault } from '~/workflow-diagram/faults';

interface FaultListProps {
  faults: readonly PlacedFault[];
  warnings: readonly PlacedFault[];
  /** What people know a field as. */
  titleOf(fault: PlacedFault): string | undefined;
  onShow(fault: PlacedFault): void;
  onClose(): void;
}

/** What the server found wrong, each with a way to its place. */
export function FaultList({ faults, warnings, titleOf, onShow, onClose }: FaultListProps) {
  const { t } = useTranslation('designer');
  const isFaulty = faults.length > 0;
  const shown = isFaulty ? faults : warnings;
  if (shown.length === 0) {
    return null;
  }
  const Sign = isFaulty ? IconAlertCircleFilled : IconAlertTriangleFilled;
  const color = isFaulty ? 'var(--state-failed)' : 'var(--state-stopped)';
  return (
    <section className={classes.faults} aria-label={t('faultList')} aria-live="polite">
      <header className={classes.faultsHead}>
        <Sign size={16} aria-hidden color={color} />
        <span style={{ flex: 1 }}>
          {t(isFaulty ? 'faultTitle' : 'warningTitle', { count: shown.length })}
        </span>
        <CloseButton size="sm" aria-label={t('close')} onClick={onClose} />
      </header>
      <ul className={classes.faultsList}>
        {shown.map((found, index) => (
          <li key={index}>
            <UnstyledButton className={classes.fault} onClick={() => onShow(found)}>
              <span className={`${classes.place} cut`}>{placeText(found, titleOf(found), t('wholeWorkflow'))}</span>
              <span>{isMissing(found) ? t('form.missing') : found.fault.message}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

function placeText({ task, field, rest }: PlacedFault, title: string | undefined, whole: string): string {
  const place = field === null ? '' : ` › ${title ?? field}${rest}`;
  return `${task ?? whole}${place}`;
}
