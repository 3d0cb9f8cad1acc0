import { Alert, Stack, Text } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { textOf } from '~/services/formSchema';
import { findType } from '~/services/taskTypes';
import type { TaskTypeCatalog } from '~/services/taskTypes';
import type { TaskNode } from '~/workflow-diagram/document';
import { typeIcon } from '~/workflow-diagram/typeIcons';
import { FormContext } from '../forms/formContext';
import type { FormContextValue } from '../forms/formContext';
import { SchemaFields } from '../forms/SchemaFields';
import { fieldsOf, groupsOf } from '../model/schemaFields';
import type { DesignActions } from '../useDesign';
import { GroupedFields } from './GroupedFields';
import { NameField } from './NameField';
import { PanelFrame } from './PanelFrame';
import { PredecessorsField } from './PredecessorsField';

/** Keys that stand above the sections. */
const ELSEWHERE = new Set(['name', 'task_type', 'deps']);

/** Where the focus is to go in a form; a new object moves it again. */
export interface FocusWish {
  readonly field: string;
}

interface TaskPanelProps {
  catalog: TaskTypeCatalog;
  form: FormContextValue & { readonly task: TaskNode };
  actions: DesignActions;
  focus: FocusWish | null;
  onFocused(): void;
  onClose(): void;
}

/** Everything about one task, from the schemas that the server serves. */
export function TaskPanel({ catalog, form, actions, focus, onFocused, onClose }: TaskPanelProps) {
  const { t, i18n } = useTranslation('designer');
  const { task, faults } = form;
  const body = useRef<HTMLDivElement>(null);
  // Stays open after the focus has come there.
  const shownField = useRef<string | null>(null);
  if (focus !== null) shownField.current = focus.field;
  const type = useMemo(() => findType(catalog.types, task.task_type), [catalog, task.task_type]);
  const own = useMemo(() => (type ? fieldsOf(type.schema, i18n.language) : []), [type, i18n.language]);
  const groups = useMemo(() => groupsOf(catalog.task, i18n.language, ELSEWHERE), [catalog, i18n.language]);
  const Sign = typeIcon(type?.icon || task.task_type);
  const whole = faults.filter((found) => found.task === task.name && found.field === null);
  const set = (key: string, value: unknown): void => actions.setTaskField(task.name, key, value);

  useEffect(() => {
    if (focus !== null) {
      focusField(body.current, focus.field);
      onFocused();
    }
  }, [focus, onFocused]);

  return (
    <FormContext.Provider value={form}>
      <PanelFrame
        label={t('taskPanel', { name: task.name })}
        title={
          <span style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
            <Sign size={18} stroke={1.75} aria-hidden style={{ color: 'var(--text-soft)' }} />
            {type ? textOf(type, i18n.language).title : task.task_type}
          </span>
        }
        onClose={onClose}
        body={body}
      >
        <Stack gap={16} pb={16}>
          {whole.map((found, index) => (
            <Alert key={index} variant="light" color="red" p={10}>
              {found.fault.message}
            </Alert>
          ))}
          <NameField onRename={(name) => actions.rename(task.name, name)} />
          {type === undefined && (
            <Text size="sm" c="dimmed">
              {t('form.unknownType', { type: task.task_type })}
            </Text>
          )}
          <SchemaFields fields={own} values={task} onChange={set} />
          <PredecessorsField actions={actions} />
        </Stack>
        <GroupedFields groups={groups} values={task} open={[]} shownField={shownField.current} onChange={set} />
      </PanelFrame>
    </FormContext.Provider>
  );
}

/** After the section of the field has opened. */
function focusField(body: HTMLElement | null, field: string): void {
  requestAnimationFrame(() => {
    const found = body?.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);
    const inputs = 'input, textarea, button, .cm-content';
    const target = found?.matches(inputs) === true ? found : found?.querySelector<HTMLElement>(inputs);
    (found ?? body)?.scrollIntoView({ block: 'nearest' });
    target?.focus();
    if (target instanceof HTMLInputElement && field === 'name') target.select();
  });
}
