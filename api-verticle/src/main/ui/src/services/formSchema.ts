/** What a form shows, taken from a JSON schema that the server serves; see GET /api/v1/task-types. */
export interface SchemaText {
  readonly title?: string;
  readonly description?: string;
  readonly enum?: Readonly<Record<string, string>>;
}

export interface PropertySchema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly examples?: readonly unknown[];
  readonly 'x-group'?: string;
  readonly 'x-unit'?: string;
  readonly 'x-placeholder'?: string;
  readonly 'x-widget'?: string;
  readonly 'x-language'?: string;
  readonly 'x-direction'?: 'IN' | 'OUT' | null;
  readonly 'x-project-key'?: string;
  readonly 'x-enum'?: Readonly<Record<string, string>>;
  readonly 'x-i18n'?: Readonly<Record<string, SchemaText>>;
}

export interface GroupSchema {
  readonly name: string;
  readonly title?: string;
  readonly 'x-i18n'?: Readonly<Record<string, SchemaText>>;
}

export interface ObjectSchema {
  readonly properties?: Readonly<Record<string, PropertySchema>>;
  readonly required?: readonly string[];
  readonly 'x-groups'?: readonly GroupSchema[];
}

/** The text of a language; English stands in the schema itself. */
export function textOf(
  schema: { readonly title?: string; readonly description?: string; readonly 'x-i18n'?: Readonly<Record<string, SchemaText>> },
  language: string,
): SchemaText {
  const short = language.split('-')[0] ?? language;
  const translated = schema['x-i18n']?.[short];
  const own: { title?: string; description?: string } = {};
  const title = translated?.title ?? schema.title;
  const description = translated?.description ?? schema.description;
  if (title !== undefined) {
    own.title = title;
  }
  if (description !== undefined) {
    own.description = description;
  }
  return own;
}
