import { textOf } from '~/services/formSchema';
import type { GroupSchema, ObjectSchema, PropertySchema } from '~/services/formSchema';

export interface Option {
  readonly value: string;
  readonly label: string;
}

export interface Field {
  readonly key: string;
  readonly widget: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly group: string;
  readonly isRequired: boolean;
  readonly options: readonly Option[];
  readonly schema: PropertySchema;
}

export interface FieldGroup {
  readonly name: string;
  readonly title: string;
  readonly fields: readonly Field[];
}

/** `fail_retry_times` as people read it, for properties without a title. */
export function humanKey(key: string): string {
  const words = key.replace(/_/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function plainWidget(schema: PropertySchema): string {
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  if (schema.enum !== undefined) {
    return 'select';
  }
  if (types.includes('boolean')) {
    return 'switch';
  }
  if (types.includes('integer') || types.includes('number')) {
    return 'number';
  }
  return types.includes('array') ? 'strings' : types.includes('object') ? 'json' : 'text';
}

const KNOWN_WIDGETS = new Set([
  'text', 'textarea', 'script', 'number', 'switch', 'select', 'duration', 'parameters', 'workflow-picker',
  'project-picker', 'worker-group-picker', 'task-group-picker', 'tasks', 'branches', 'condition-groups',
  'dependent-groups', 'strings', 'hidden', 'json',
]);

/** A widget that this version does not know is edited as its plain type. */
export function widgetOf(schema: PropertySchema): string {
  const wanted = schema['x-widget'];
  return wanted !== undefined && KNOWN_WIDGETS.has(wanted) ? wanted : plainWidget(schema);
}

function optionsOf(schema: PropertySchema, language: string): readonly Option[] {
  const short = language.split('-')[0] ?? language;
  const translated = schema['x-i18n']?.[short]?.enum;
  return (schema.enum ?? [])
    .filter((value) => value !== null)
    .map((value) => {
      const text = String(value);
      return { value: text, label: translated?.[text] ?? schema['x-enum']?.[text] ?? text };
    });
}

/** The visible fields in the order of the schema. */
export function fieldsOf(schema: ObjectSchema, language: string): readonly Field[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {})
    .map(([key, property]): Field => {
      const text = textOf(property, language);
      return {
        key,
        widget: widgetOf(property),
        title: text.title ?? humanKey(key),
        description: text.description,
        group: property['x-group'] ?? 'main',
        isRequired: required.has(key),
        options: optionsOf(property, language),
        schema: property,
      };
    })
    .filter((field) => field.widget !== 'hidden');
}

/**
 * Fields in their sections; sections keep the order of the schema, those without fields are left out.
 *
 * @param elsewhere keys that the page edits in another place
 */
export function groupsOf(
  schema: ObjectSchema,
  language: string,
  elsewhere: ReadonlySet<string> = new Set(),
): readonly FieldGroup[] {
  const fields = fieldsOf(schema, language).filter((field) => !elsewhere.has(field.key));
  const declared = schema['x-groups'] ?? [];
  const undeclared = [...new Set(fields.map((field) => field.group))]
    .filter((name) => !declared.some((group) => group.name === name))
    .map((name): GroupSchema => ({ name }));
  return [...declared, ...undeclared]
    .map((group) => ({
      name: group.name,
      title: textOf(group, language).title ?? humanKey(group.name),
      fields: fields.filter((field) => field.group === group.name),
    }))
    .filter((group) => group.fields.length > 0);
}

/** Whether a value is what the schema takes for granted, so that a document need not say it. */
export function isDefault(schema: PropertySchema, value: unknown): boolean {
  return schema.default !== undefined && String(schema.default).toLowerCase() === String(value).toLowerCase();
}
