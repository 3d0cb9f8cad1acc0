import { ActionIcon, Input, Modal, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowsDiagonal } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LazyEditor } from '../editor/LazyEditor';
import { useForm } from './formContext';
import classes from './forms.module.css';
import { textValue } from './widget';
import type { WidgetProps } from './widget';

/** A script with highlighting; the button gives it the whole window. */
export function ScriptWidget({ field, value, error, onChange }: WidgetProps) {
  const { t } = useTranslation('designer');
  const { isReadOnly } = useForm();
  const [isLarge, large] = useDisclosure(false);
  const example = field.schema['x-placeholder'];
  const editor = {
    value: textValue(value),
    language: field.schema['x-language'] ?? 'shell',
    label: field.title,
    readOnly: isReadOnly,
    placeholder: example === undefined ? undefined : t('form.example', { example }),
    onChange: (text: string) => onChange(text),
  };
  return (
    <Input.Wrapper
      label={field.title}
      description={field.description}
      error={error}
      withAsterisk={field.isRequired}
      labelElement="div"
      data-field={field.key}
      className={classes.script}
    >
      <Tooltip label={t('form.enlarge')} position="left">
        <ActionIcon className={classes.enlarge} size={24} aria-label={t('form.enlarge')} onClick={large.open}>
          <IconArrowsDiagonal size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <div className={classes.editor} data-error={error !== undefined}>
        {!isLarge && <LazyEditor {...editor} minHeight={132} maxHeight={320} />}
      </div>
      <Modal
        opened={isLarge}
        onClose={large.close}
        title={field.title}
        size="min(1200px, 92vw)"
        closeOnEscape={false}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <div className={classes.editor} style={{ height: '70vh' }}>
          <LazyEditor {...editor} maxHeight="fill" />
        </div>
      </Modal>
    </Input.Wrapper>
  );
}
