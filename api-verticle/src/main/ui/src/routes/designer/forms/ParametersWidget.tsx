import { ActionIcon, Button, Group, Input, Select, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PARAMETER_TYPES, readRows, writeGlobals, writeLocal } from '../model/parameterRows';
import type { ParameterRow } from '../model/parameterRows';
import { useForm } from './formContext';
import classes from './forms.module.css';
import type { WidgetProps } from './widget';

/** Parameters as a table: of one direction for a task, of both for a workflow. */
export function ParametersWidget({ field, value, error, onChange }: WidgetProps) {
  const { t } = useTranslation('designer');
  const { isReadOnly } = useForm();
  const direction = field.schema['x-direction'] ?? null;
  const rows = readRows(value, direction ?? 'IN', direction !== null);
  const write = (next: readonly ParameterRow[]): void =>
    onChange(direction === null ? writeGlobals(next) : writeLocal(next));
  const replace = (index: number, change: Partial<ParameterRow>): void =>
    write(rows.map((row, at) => (at === index ? { ...row, ...change } : row)));
  const add = (): void => write([...rows, { prop: '', direct: direction ?? 'IN', type: 'VARCHAR', value: '' }]);

  return (
    <Input.Wrapper
      label={field.title}
      description={field.description}
      error={error}
      labelElement="div"
      role="group"
      aria-label={field.title}
      data-field={field.key}
    >
      <div className={classes.rows}>
        {rows.map((row, index) => (
          <Row
            key={index}
            row={row}
            number={index + 1}
            hasDirection={direction === null}
            isDouble={rows.some((other, at) => at !== index && other.prop === row.prop && other.direct === row.direct)}
            onChange={(change) => replace(index, change)}
            onRemove={() => write(rows.filter((_row, at) => at !== index))}
          />
        ))}
        {!isReadOnly && (
          <Group>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={add}
            >
              {t('param.add')}
            </Button>
          </Group>
        )}
      </div>
    </Input.Wrapper>
  );
}

interface RowProps {
  row: ParameterRow;
  number: number;
  hasDirection: boolean;
  isDouble: boolean;
  onChange(change: Partial<ParameterRow>): void;
  onRemove(): void;
}

function Row({ row, number, hasDirection, isDouble, onChange, onRemove }: RowProps) {
  const { t } = useTranslation('designer');
  const { isReadOnly } = useForm();
  const problem = row.prop === '' ? t('param.nameless') : isDouble ? t('param.double') : undefined;
  return (
    <div className={classes.parameter} role="group" aria-label={t('param.row', { number })}>
      <div className={classes.line}>
        <TextInput
          className={classes.grow}
          aria-label={t('param.name')}
          placeholder={t('param.name')}
          value={row.prop}
          error={problem}
          readOnly={isReadOnly}
          onChange={(event) => onChange({ prop: event.currentTarget.value })}
        />
        {hasDirection && (
          <Select
            w={80}
            flex="none"
            aria-label={t('param.direction')}
            data={['IN', 'OUT']}
            value={row.direct}
            allowDeselect={false}
            readOnly={isReadOnly}
            onChange={(direct) => onChange({ direct: direct === 'OUT' ? 'OUT' : 'IN' })}
          />
        )}
        <Select
          w={122}
          flex="none"
          aria-label={t('param.type')}
          data={[...PARAMETER_TYPES]}
          value={row.type}
          allowDeselect={false}
          readOnly={isReadOnly}
          comboboxProps={{ width: 140, position: 'bottom-start' }}
          onChange={(type) => onChange({ type: (type ?? 'VARCHAR') as ParameterRow['type'] })}
        />
        {!isReadOnly && (
          <Tooltip label={t('param.remove')}>
            <ActionIcon size={30} mt={2} aria-label={t('param.remove')} onClick={onRemove}>
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <TextInput
        aria-label={t('param.value')}
        placeholder={t('param.value')}
        classNames={{ input: 'mono' }}
        value={row.value}
        readOnly={isReadOnly}
        onChange={(event) => onChange({ value: event.currentTarget.value })}
      />
    </div>
  );
}
