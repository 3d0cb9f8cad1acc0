import { Input } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LazyEditor } from '../editor/LazyEditor';
import { useForm } from './formContext';
import classes from './forms.module.css';
import type { WidgetProps } from './widget';

/** For values that no other widget knows: what is written counts as soon as it is JSON. */
export function JsonWidget({ field, value, error, onChange }: WidgetProps) {
  const { t } = useTranslation('designer');
  const { isReadOnly } = useForm();
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)));
  const [isBroken, setBroken] = useState(false);
  const change = (next: string): void => {
    setText(next);
    try {
      onChange(next.trim() === '' ? undefined : JSON.parse(next));
      setBroken(false);
    } catch {
      setBroken(true);
    }
  };
  return (
    <Input.Wrapper
      label={field.title}
      description={field.description}
      error={isBroken ? t('form.notJson') : error}
      withAsterisk={field.isRequired}
      labelElement="div"
      data-field={field.key}
    >
      <div className={classes.editor}>
        <LazyEditor
          value={text}
          language="json"
          label={field.title}
          readOnly={isReadOnly}
          minHeight={72}
          maxHeight={240}
          onChange={change}
        />
      </div>
    </Input.Wrapper>
  );
}
