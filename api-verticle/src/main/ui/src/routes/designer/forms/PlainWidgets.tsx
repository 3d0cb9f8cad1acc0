import { Autocomplete, MultiSelect, NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { projectNamesQuery, taskGroupsQuery, workerGroupsQuery } from '~/services/places';
import { workflowNamesQuery } from '~/services/definitions';
import { names } from '~/workflow-diagram/document';
import { edgesOf, reachable } from '~/workflow-diagram/edges';
import { isDefault } from '../model/schemaFields';
import { useForm } from './formContext';
import { labels, textValue } from './widget';
import type { WidgetProps } from './widget';

/** Widgets for single values. */

export function TextWidget(props: WidgetProps) {
  const { isReadOnly } = useForm();
  const { schema } = props.field;
  return (
    <TextInput
      {...labels(props)}
      value={textValue(props.value)}
      maxLength={schema.maxLength}
      placeholder={schema['x-placeholder'] ?? defaultText(props)}
      readOnly={isReadOnly}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

function defaultText({ field }: WidgetProps): string | undefined {
  const usual = field.schema.default;
  return usual === undefined || usual === null || typeof usual === 'object' ? undefined : String(usual);
}

export function TextareaWidget(props: WidgetProps) {
  const { isReadOnly } = useForm();
  return (
    <Textarea
      {...labels(props)}
      autosize
      minRows={2}
      maxRows={8}
      maxLength={props.field.schema.maxLength}
      value={textValue(props.value)}
      readOnly={isReadOnly}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

export function NumberWidget(props: WidgetProps) {
  const { isReadOnly } = useForm();
  const { schema } = props.field;
  const unit = schema['x-unit'];
  const number = Number(props.value);
  return (
    <NumberInput
      {...labels(props)}
      value={props.value === undefined || props.value === null || Number.isNaN(number) ? '' : number}
      min={schema.minimum}
      max={schema.maximum}
      clampBehavior="none"
      allowDecimal={schema.type !== 'integer'}
      suffix={unit === undefined ? undefined : ` ${unit}`}
      placeholder={defaultText(props)}
      readOnly={isReadOnly}
      onChange={(value) => props.onChange(value === '' || isDefault(schema, value) ? undefined : value)}
    />
  );
}

/** True and false, and YES and NO where a document says it so. */
export function SwitchWidget(props: WidgetProps) {
  const { isReadOnly } = useForm();
  const { schema } = props.field;
  const isWord = schema.enum?.includes('YES') ?? false;
  const shown = textValue(props.value ?? schema.default).toLowerCase();
  const isOn = shown === 'true' || shown === 'yes';
  const { withAsterisk: _star, ...own } = labels(props);
  return (
    <Switch
      {...own}
      checked={isOn}
      disabled={isReadOnly}
      onChange={(event) => {
        const on = event.currentTarget.checked;
        const value = isWord ? (on ? 'YES' : 'NO') : on;
        props.onChange(isDefault(schema, value) || (schema.default === undefined && !on) ? undefined : value);
      }}
    />
  );
}

export function SelectWidget(props: WidgetProps) {
  const { isReadOnly } = useForm();
  const { schema, options } = props.field;
  const shown = textValue(props.value ?? schema.default);
  const known = options.find((option) => option.value.toLowerCase() === shown.toLowerCase());
  return (
    <Select
      {...labels(props)}
      data={[...options]}
      value={known?.value ?? (shown === '' ? null : shown)}
      allowDeselect={!props.field.isRequired && schema.default === undefined}
      readOnly={isReadOnly}
      onChange={(value) => props.onChange(value === null || isDefault(schema, value) ? undefined : value)}
    />
  );
}

export function StringsWidget(props: WidgetProps) {
  const { isReadOnly } = useForm();
  const list = Array.isArray(props.value) ? props.value.map(textValue) : names(props.value);
  return (
    <TagsInput {...labels(props)} value={[...list]} readOnly={isReadOnly} onChange={(value) => props.onChange(value)} />
  );
}

/** Tasks that may come next: none of those that come before. */
export function TasksWidget(props: WidgetProps) {
  const { document, task, isReadOnly } = useForm();
  const own = task?.name ?? '';
  const before = reachable(edgesOf(document), [own], 'before');
  const data = document.tasks.map(({ name }) => name).filter((name) => name !== own && !before.has(name));
  const value = names(props.value);
  return (
    <MultiSelect
      {...labels(props)}
      data={[...new Set([...data, ...value])]}
      value={[...value]}
      searchable
      limit={100}
      readOnly={isReadOnly}
      onChange={(chosen) => props.onChange(chosen)}
    />
  );
}

function Suggesting(props: WidgetProps & { data: readonly string[] | undefined }) {
  const { isReadOnly } = useForm();
  const data = [...new Set(props.data ?? [])];
  return (
    <Autocomplete
      {...labels(props)}
      data={data}
      limit={50}
      value={textValue(props.value)}
      placeholder={props.field.schema['x-placeholder'] ?? defaultText(props)}
      readOnly={isReadOnly}
      onChange={(value) => props.onChange(value)}
    />
  );
}

export function WorkerGroupWidget(props: WidgetProps) {
  return <Suggesting {...props} data={useQuery(workerGroupsQuery).data} />;
}

export function TaskGroupWidget(props: WidgetProps) {
  return <Suggesting {...props} data={useQuery(taskGroupsQuery).data} />;
}

export function ProjectWidget(props: WidgetProps) {
  return <Suggesting {...props} data={useQuery(projectNamesQuery).data} />;
}

/** Workflows of this project, or of the one that the field beside it names; never this workflow itself. */
export function WorkflowWidget(props: WidgetProps) {
  const { project, task, document } = useForm();
  const projectKey = props.field.schema['x-project-key'];
  const other = projectKey === undefined ? '' : textValue(task?.[projectKey]);
  const where = other === '' ? project : other;
  const found = useQuery(workflowNamesQuery(where, '')).data;
  const data = where === project ? found?.filter((name) => name !== document.workflow.name) : found;
  return <Suggesting {...props} data={data} />;
}
