import type { ObjectSchema } from '~/services/formSchema';
import { findType } from '~/services/taskTypes';
import type { TaskTypeInfo } from '~/services/taskTypes';
import type { TaskNode, WorkflowDocument } from '~/workflow-diagram/document';

/** A task as it comes from the palette: with what its type demands and has a usual value for, and nothing else. */
export function newTask({ spelling, name, schema }: Pick<TaskTypeInfo, 'spelling' | 'name' | 'schema'>): TaskNode {
  return { name: name.toLowerCase(), task_type: spelling, ...usualValues(schema) };
}

function usualValues(schema: ObjectSchema): Record<string, unknown> {
  return Object.fromEntries(
    (schema.required ?? []).flatMap((key) => {
      const property = schema.properties?.[key];
      const usual = property?.default ?? property?.enum?.[0];
      return usual === undefined ? [] : [[key, usual]];
    }),
  );
}

/** The document with every type spelled as files write it: Shell, where an answer says SHELL. */
export function withSpellings(document: WorkflowDocument, types: readonly TaskTypeInfo[]): WorkflowDocument {
  const tasks = document.tasks.map((task) => {
    const spelling = findType(types, task.task_type)?.spelling ?? task.task_type;
    return spelling === task.task_type ? task : { ...task, task_type: spelling };
  });
  return { ...document, tasks };
}
