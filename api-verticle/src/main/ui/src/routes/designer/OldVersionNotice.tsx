import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Definition } from '~/services/definitions';
import classes from './designer.module.css';

interface OldVersionNoticeProps {
  definition: Definition;
  onNewest(): void;
  onRestore(): void;
}

/** Says that an old version is only looked at, and how it becomes the newest. */
export function OldVersionNotice({ definition, onNewest, onRestore }: OldVersionNoticeProps) {
  const { t } = useTranslation('designer');
  return (
    <div className={classes.notice} role="status">
      <span style={{ flex: 1 }}>
        {t('versions.old', { version: definition.version, newest: definition.newestVersion })}
      </span>
      <Button size="xs" variant="default" onClick={onRestore}>
        {t('versions.restore')}
      </Button>
      <Button size="xs" variant="default" onClick={onNewest}>
        {t('versions.toNewest')}
      </Button>
    </div>
  );
}
