import { queryOptions } from '@tanstack/react-query';
import { anything, list, object, or, text } from './decode';
import type { Decoder } from './decode';
import type { GroupSchema, ObjectSchema, SchemaText } from './formSchema';
import { get } from './http';
import { typeKey } from '~/workflow-diagram/document';

/** What the server can run, and the forms of it; see GET /api/v1/task-types. */
export interface TaskTypeInfo {
  readonly name: string;
  /** As documents write it. */
  readonly spelling: string;
  readonly aliases: readonly string[];
  readonly category: string;
  readonly runsOn: string;
  readonly icon: string;
  readonly title: string;
  readonly description: string;
  readonly 'x-i18n': Readonly<Record<string, SchemaText>>;
  readonly schema: ObjectSchema;
}

export interface TaskTypeCatalog {
  readonly categories: readonly GroupSchema[];
  readonly types: readonly TaskTypeInfo[];
  readonly task: ObjectSchema;
  readonly workflow: ObjectSchema;
}

/** Schemas are read where they are shown; here only that there is one. */
const schema: Decoder<ObjectSchema> = (value, path) => object({ properties: anything })(value, path) && (value as ObjectSchema);
const texts = or(anything as Decoder<Readonly<Record<string, SchemaText>>>, {});

const catalog = object<TaskTypeCatalog>({
  categories: list(object<GroupSchema>({ name: text, title: or(text, ''), 'x-i18n': texts })),
  types: list(
    object<TaskTypeInfo>({
      name: text,
      spelling: text,
      aliases: or(list(text), []),
      category: text,
      runsOn: or(text, 'worker'),
      icon: or(text, ''),
      title: text,
      description: or(text, ''),
      'x-i18n': texts,
      schema,
    }),
  ),
  task: schema,
  workflow: schema,
});

export const taskTypesQuery = queryOptions({
  queryKey: ['task-types'],
  queryFn: ({ signal }) => get('/api/v1/task-types', catalog, { signal }),
  staleTime: 10 * 60_000,
});

/** The type of a task, by any of its spellings. */
export function findType(types: readonly TaskTypeInfo[], taskType: string): TaskTypeInfo | undefined {
  const key = typeKey(taskType);
  return types.find((type) => [type.name, type.spelling, ...type.aliases].some((known) => typeKey(known) === key));
}
