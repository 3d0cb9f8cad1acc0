import { Stack } from '@mantine/core';
import type { ComponentType } from 'react';
import { fieldMessages } from '~/workflow-diagram/faults';
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
  const { task, faults } = useForm();
  return (
    <Stack gap={16}>
      {fields.map((field) => {
        const Widget = WIDGETS[field.widget] ?? JsonWidget;
        return (
          <Widget
            key={field.key}
            field={field}
            value={values[field.key]}
            error={fieldMessages(faults, task?.name ?? null, field.key)}
            onChange={(value) => onChange(field.key, value)}
          />
        );
      })}
    </Stack>
  );
}
