import { Stack } from '@mantine/core';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldMessages, isMissing } from '~/workflow-diagram/faults';
import type { Field } from '../model/schemaFields';
import { BranchesWidget } from './BranchesWidget';
import { ConditionGroupsWidget } from './ConditionGroupsWidget';
import { useForm } from './formContext';
import { JsonWidget } from './JsonWidget';
import { ParametersWidget } from './ParametersWidget';
import {
  NumberWidget,
  ProjectWidget,
  SelectWidget,
  StringsWidget,
  SwitchWidget,
  TaskGroupWidget,
  TasksWidget,
  TextareaWidget,
  TextWidget,
  WorkerGroupWidget,
  WorkflowWidget,
} from './PlainWidgets';
import { ScriptWidget } from './ScriptWidget';
import type { WidgetProps } from './widget';

const WIDGETS: Record<string, ComponentType<WidgetProps>> = {
  text: TextWidget,
  duration: TextWidget,
  textarea: TextareaWidget,
  script: ScriptWidget,
  number: NumberWidget,
  switch: SwitchWidget,
  select: SelectWidget,
  strings: StringsWidget,
  tasks: TasksWidget,
  parameters: ParametersWidget,
  branches: BranchesWidget,
  'condition-groups': ConditionGroupsWidget,
  'workflow-picker': WorkflowWidget,
  'project-picker': ProjectWidget,
  'worker-group-picker': WorkerGroupWidget,
  'task-group-picker': TaskGroupWidget,
};

interface SchemaFieldsProps {
  fields: readonly Field[];
  values: Readonly<Record<string, unknown>>;
  onChange(key: string, value: unknown): void;
}

/** The fields of a schema, one below the other. A type that comes with a new server needs nothing here. */
export function SchemaFields({ fields, values, onChange }: SchemaFieldsProps) {
  const { t } = useTranslation('designer');
  const { task, faults } = useForm();
  const name = task?.name ?? null;
  const isEmpty = (key: string): boolean =>
    faults.some((found) => found.task === name && found.field === key && isMissing(found));
  return (
    <Stack gap={16}>
      {fields.map((field) => {
        const Widget = WIDGETS[field.widget] ?? JsonWidget;
        return (
          <Widget
            key={field.key}
            field={field}
            value={values[field.key]}
            error={isEmpty(field.key) ? t('form.missing') : fieldMessages(faults, name, field.key)}
            onChange={(value) => onChange(field.key, value)}
          />
        );
      })}
    </Stack>
  );
}
