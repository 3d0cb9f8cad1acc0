import { ActionIcon, Button, Group, Input, SegmentedControl, Select, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { conditionGroups } from '~/workflow-diagram/document';
import type { ConditionGroup, GroupItem } from '~/workflow-diagram/document';
import { edgesOf, reachable } from '~/workflow-diagram/edges';
import { innerMessage } from '~/workflow-diagram/faults';
import { useForm } from './formContext';
import classes from './forms.module.css';
import type { WidgetProps } from './widget';

/** What a condition asks: groups of tasks, each of which is to have succeeded or failed. */
export function ConditionGroupsWidget({ field, error, onChange }: WidgetProps) {
  const { t } = useTranslation('designer');
  const { document, task, isReadOnly } = useForm();
  if (task === null) {
    return null;
  }
  const groups = conditionGroups(task);
  const after = reachable(edgesOf(document), [task.name], 'after');
  const sources = document.tasks.map(({ name }) => name).filter((name) => name !== task.name && !after.has(name));
  const replace = (index: number, group: ConditionGroup): void =>
    onChange(groups.map((old, at) => (at === index ? group : old)));

  return (
    <Input.Wrapper
      label={field.title}
      description={field.description}
      error={groups.length === 0 ? error : undefined}
      withAsterisk={field.isRequired}
      labelElement="div"
      role="group"
      aria-label={field.title}
      data-field={field.key}
    >
      <div className={classes.rows}>
        {groups.map((group, index) => (
          <GroupCard
            key={index}
            group={group}
            number={index + 1}
            place={`${field.key}[${index}]`}
            sources={sources}
            onChange={(next) => replace(index, next)}
            onRemove={() => onChange(groups.filter((_group, at) => at !== index))}
          />
        ))}
        {!isReadOnly && (
          <Group>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => onChange([...groups, { op: 'AND', groups: [{ task: '', flag: true }] }])}
            >
              {t('group.add')}
            </Button>
          </Group>
        )}
      </div>
    </Input.Wrapper>
  );
}

interface GroupCardProps {
  group: ConditionGroup;
  number: number;
  place: string;
  sources: readonly string[];
  onChange(group: ConditionGroup): void;
  onRemove(): void;
}

function GroupCard({ group, number, place, sources, onChange, onRemove }: GroupCardProps) {
  const { t } = useTranslation('designer');
  const { task, faults, isReadOnly } = useForm();
  const [field, rest] = [place.slice(0, place.indexOf('[')), place.slice(place.indexOf('['))];
  const message = (inner: string): string | undefined => innerMessage(faults, task?.name ?? '', field, rest + inner);
  const replace = (index: number, change: Partial<GroupItem>): void =>
    onChange({ ...group, groups: group.groups.map((item, at) => (at === index ? { ...item, ...change } : item)) });

  return (
    <div className={classes.card} role="group" aria-label={t('group.name', { number })}>
      <div className={classes.cardHead}>
        <SegmentedControl
          size="xs"
          aria-label={t('group.op')}
          data={[
            { value: 'AND', label: t('group.all') },
            { value: 'OR', label: t('group.any') },
          ]}
          value={group.op}
          readOnly={isReadOnly}
          onChange={(op) => onChange({ ...group, op: op === 'OR' ? 'OR' : 'AND' })}
        />
        {!isReadOnly && (
          <Tooltip label={t('group.remove')}>
            <ActionIcon size={26} aria-label={t('group.remove')} onClick={onRemove}>
              <IconTrash size={15} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {group.groups.map((item, index) => (
        <div key={index} className={classes.line}>
          <Select
            className={classes.grow}
            aria-label={t('group.task')}
            placeholder={t('branch.choose')}
            data={[...new Set(item.task === '' ? sources : [item.task, ...sources])]}
            value={item.task === '' ? null : item.task}
            searchable
            limit={100}
            readOnly={isReadOnly}
            error={message(`.groups[${index}].task`)}
            onChange={(name) => replace(index, { task: name ?? '' })}
          />
          <Select
            w={152}
            flex="none"
            aria-label={t('group.result')}
            data={[
              { value: 'true', label: t('group.succeeded') },
              { value: 'false', label: t('group.failed') },
            ]}
            value={String(item.flag)}
            allowDeselect={false}
            readOnly={isReadOnly}
            onChange={(value) => replace(index, { flag: value === 'true' })}
          />
          {!isReadOnly && (
            <Tooltip label={t('group.removeTask')}>
              <ActionIcon
                size={30}
                mt={2}
                aria-label={t('group.removeTask')}
                onClick={() => onChange({ ...group, groups: group.groups.filter((_item, at) => at !== index) })}
              >
                <IconTrash size={15} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </div>
      ))}
      {message('.groups') !== undefined && <Input.Error>{message('.groups')}</Input.Error>}
      {!isReadOnly && (
        <Group>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => onChange({ ...group, groups: [...group.groups, { task: '', flag: true }] })}
          >
            {t('group.addTask')}
          </Button>
        </Group>
      )}
    </div>
  );
}
