import { MultiSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { disconnect } from '~/workflow-diagram/edit';
import { edgesOf, reachable } from '~/workflow-diagram/edges';
import { fieldMessages } from '~/workflow-diagram/faults';
import { useForm } from '../forms/formContext';
import type { DesignActions } from '../useDesign';

/** The tasks before this one, to be chosen by keyboard where others draw an edge. */
export function PredecessorsField({ actions }: { actions: DesignActions }) {
  const { t } = useTranslation('designer');
  const { document, task, faults, isReadOnly } = useForm();
  const name = task?.name ?? '';
  const edges = useMemo(() => edgesOf(document), [document]);
  const before = edges.filter((edge) => edge.to === name);
  const value = [...new Set(before.map((edge) => edge.from))];
  const after = useMemo(() => reachable(edges, [name], 'after'), [edges, name]);
  const choices = document.tasks.map((other) => other.name).filter((other) => other !== name && !after.has(other));

  const change = (chosen: string[]): void => {
    const gone = before.filter((edge) => !chosen.includes(edge.from));
    if (gone.length > 0) actions.change(gone.reduce(disconnect, document));
    chosen.filter((other) => !value.includes(other)).forEach((other) => actions.connect(other, name, null));
  };

  return (
    <MultiSelect
      label={t('form.after')}
      description={t('form.afterHint')}
      placeholder={value.length === 0 ? t('form.afterNothing') : undefined}
      data={[...new Set([...choices, ...value])]}
      value={value}
      searchable
      limit={100}
      nothingFoundMessage={t('form.noTask')}
      readOnly={isReadOnly}
      error={fieldMessages(faults, name, 'deps')}
      data-field="deps"
      onChange={change}
    />
  );
}
