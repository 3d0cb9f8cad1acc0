import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Definition } from '~/services/definitions';
import { NAME_LENGTH_MAX } from '~/workflow-diagram/edit';
import { fieldMessages } from '~/workflow-diagram/faults';
import classes from './designer.module.css';
import { isChanged } from './model/design';
import type { DesignerModel } from './useDesigner';

/** The name; of a new workflow it is asked for right here. */
export function DesignerHeading({ designer, definition }: { designer: DesignerModel; definition: Definition | null }) {
  const { t } = useTranslation('designer');
  const { state, document, actions, isReadOnly } = designer;
  if (definition === null) {
    const { name } = document.workflow;
    const problem =
      designer.isNameMissing && name.trim() === '' ? t('save.nameless') : fieldMessages(state.faults, null, 'name');
    return (
      <TextInput
        ref={designer.nameInput}
        className={classes.nameInput}
        aria-label={t('workflowName')}
        placeholder={t('workflowName')}
        maxLength={NAME_LENGTH_MAX}
        autoFocus
        value={name}
        error={problem}
        onChange={(event) => actions.setHeadField('name', event.currentTarget.value)}
      />
    );
  }
  return (
    <>
      <span className="cut">{definition.name}</span>
      <span className="soft" style={{ fontSize: 12, fontWeight: 400, whiteSpace: 'nowrap' }}>
        {t('versions.name', { version: definition.version })}
      </span>
      {!isReadOnly && isChanged(state) && <span className={classes.unsaved}>{t('unsaved')}</span>}
    </>
  );
}
