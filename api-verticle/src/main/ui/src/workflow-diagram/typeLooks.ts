import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { textOf } from '~/services/formSchema';
import { findType, taskTypesQuery } from '~/services/taskTypes';
import type { TaskTypeInfo } from '~/services/taskTypes';
import type { TypeLook } from './flowNodes';

const none: readonly TaskTypeInfo[] = [];

/** How task types are called and drawn, by the spelling that is used here, so that nodes keep their objects. */
export function typeLooks(
  types: readonly TaskTypeInfo[],
  tasks: Iterable<{ readonly taskType: string }>,
  language: string,
): ReadonlyMap<string, TypeLook> {
  const looks = new Map<string, TypeLook>();
  for (const { taskType } of tasks) {
    const type = looks.has(taskType) ? undefined : findType(types, taskType);
    if (type !== undefined) {
      looks.set(taskType, { title: textOf(type, language).title ?? type.title, icon: type.icon || type.name });
    }
  }
  return looks;
}

/** The same where only instances are looked at: the types are asked for; until they are known, tasks show their type's name. */
export function useTypeLooks(tasks: Iterable<{ readonly taskType: string }>): ReadonlyMap<string, TypeLook> {
  const { i18n } = useTranslation();
  const types = useQuery(taskTypesQuery).data?.types ?? none;
  return useMemo(() => typeLooks(types, tasks, i18n.language), [types, tasks, i18n.language]);
}
