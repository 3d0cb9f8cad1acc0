import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { NAME_LENGTH_MAX, renameProblem } from '~/workflow-diagram/edit';
import { fieldMessages } from '~/workflow-diagram/faults';
import { useForm } from '../forms/formContext';

/** The name of a task. It counts when the field is left or Enter pressed: other tasks refer to it by name. */
export function NameField({ onRename }: { onRename(name: string): void }) {
  const { t } = useTranslation('designer');
  const { document, task, faults, isReadOnly } = useForm();
  const name = task?.name ?? '';
  const [text, setText] = useState(name);
  useEffect(() => setText(name), [name]);
  const problem = renameProblem(document, name, text.trim());
  const commit = (): void => {
    if (problem === null && text.trim() !== name) onRename(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') commit();
    if (event.key === 'Escape') {
      setText(name);
      event.stopPropagation();
    }
  };
  return (
    <TextInput
      label={t('form.name')}
      withAsterisk
      maxLength={NAME_LENGTH_MAX}
      value={text}
      readOnly={isReadOnly}
      error={problem === null ? fieldMessages(faults, name, 'name') : t(`form.nameProblem.${problem}`)}
      data-field="name"
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}
