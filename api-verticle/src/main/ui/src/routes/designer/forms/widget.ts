import type { Field } from '../model/schemaFields';

/** One field of a form: shows a value of the document and gives a new one; undefined takes the key away. */
export interface WidgetProps {
  readonly field: Field;
  readonly value: unknown;
  readonly error: string | undefined;
  onChange(value: unknown): void;
}

export function textValue(value: unknown): string {
  if (value === undefined || value === null) {
    return '';
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What all inputs have in common. */
export function labels({ field, error }: WidgetProps) {
  return {
    label: field.title,
    description: field.description,
    error,
    withAsterisk: field.isRequired,
    'data-field': field.key,
  };
}
