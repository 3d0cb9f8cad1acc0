import { ActionIcon, Button, Group, Input, Select, TextInput, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { branches } from '~/workflow-diagram/document';
import type { Branch } from '~/workflow-diagram/document';
import { edgesOf, reachable } from '~/workflow-diagram/edges';
import { innerMessage } from '~/workflow-diagram/faults';
import { useForm } from './formContext';
import classes from './forms.module.css';
import type { WidgetProps } from './widget';

/** The branches of a switch: tried from the top, the first that is true is taken, else the last one. */
export function BranchesWidget({ field, error, onChange }: WidgetProps) {
  const { t } = useTranslation('designer');
  const { document, task, faults, isReadOnly } = useForm();
  if (task === null) {
    return null;
  }
  const all = branches(task);
  const conditions = all.filter((branch) => branch.condition !== undefined);
  const otherwise = all.find((branch) => branch.condition === undefined);
  const before = reachable(edgesOf(document), [task.name], 'before');
  const targets = document.tasks.map(({ name }) => name).filter((name) => name !== task.name && !before.has(name));
  const free = (own: string): string[] => targets.filter((name) => name === own || all.every((b) => b.task !== name));

  const write = (next: readonly Branch[], last: Branch | undefined): void =>
    onChange(last === undefined ? next : [...next, last]);
  const replace = (index: number, change: Partial<Branch>): void =>
    write(
      conditions.map((branch, at) => (at === index ? { ...branch, ...change } : branch)),
      otherwise,
    );
  const swap = (index: number, other: number): void => {
    const next = [...conditions];
    [next[index], next[other]] = [next[other] as Branch, next[index] as Branch];
    write(next, otherwise);
  };
  const tool = (label: string, Sign: typeof IconTrash, isDisabled: boolean, onClick: () => void) => (
    <Tooltip label={label}>
      <ActionIcon className={classes.tool} size={26} aria-label={label} disabled={isDisabled} onClick={onClick}>
        <Sign size={15} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );

  return (
    <Input.Wrapper
      label={field.title}
      description={field.description}
      error={conditions.length === 0 && otherwise === undefined ? error : undefined}
      withAsterisk={field.isRequired}
      labelElement="div"
      role="group"
      aria-label={field.title}
      data-field={field.key}
    >
      <div className={classes.rows}>
        {conditions.map((branch, index) => (
          <div key={index} className={classes.card} role="group" aria-label={t('branch.name', { number: index + 1 })}>
            <div className={classes.cardHead}>
              {t('branch.name', { number: index + 1 })}
              {!isReadOnly && (
                <Group gap={2}>
                  {tool(t('branch.up'), IconArrowUp, index === 0, () => swap(index, index - 1))}
                  {tool(t('branch.down'), IconArrowDown, index === conditions.length - 1, () => swap(index, index + 1))}
                  {tool(t('branch.remove'), IconTrash, false, () =>
                    write(
                      conditions.filter((_branch, at) => at !== index),
                      otherwise,
                    ),
                  )}
                </Group>
              )}
            </div>
            <TextInput
              label={t('branch.if')}
              placeholder="${rows} > 1000"
              classNames={{ input: 'mono' }}
              value={branch.condition ?? ''}
              readOnly={isReadOnly}
              error={
                innerMessage(faults, task.name, field.key, `[${index}].condition`) ??
                innerMessage(faults, task.name, field.key, `[${index}]`)
              }
              onChange={(event) => replace(index, { condition: event.currentTarget.value })}
            />
            <Select
              label={t('branch.then')}
              placeholder={t('branch.choose')}
              data={free(branch.task)}
              value={branch.task === '' ? null : branch.task}
              searchable
              limit={100}
              readOnly={isReadOnly}
              error={innerMessage(faults, task.name, field.key, `[${index}].task`)}
              onChange={(target) => replace(index, { task: target ?? '' })}
            />
          </div>
        ))}
        {!isReadOnly && (
          <Group>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => write([...conditions, { task: '', condition: '' }], otherwise)}
            >
              {t('branch.add')}
            </Button>
          </Group>
        )}
        <Select
          label={t('branch.otherwise')}
          placeholder={t('branch.nothing')}
          data={free(otherwise?.task ?? '')}
          value={otherwise?.task ?? null}
          clearable
          searchable
          limit={100}
          readOnly={isReadOnly}
          onChange={(target) => write(conditions, target === null ? undefined : { task: target })}
        />
      </div>
    </Input.Wrapper>
  );
}
