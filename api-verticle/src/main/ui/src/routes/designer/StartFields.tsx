import { Autocomplete, Collapse, Button, Group, MultiSelect, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { workerGroupsQuery } from '~/services/places';
import type { WorkflowDocument } from '~/workflow-diagram/document';
import type { StartForm } from './model/startForm';
import { StartParameters } from './StartParameters';

const SCOPES = ['TASK_POST', 'TASK_PRE', 'TASK_ONLY'] as const;
const PRIORITIES = ['HIGHEST', 'HIGH', 'MEDIUM', 'LOW', 'LOWEST'] as const;
const STRATEGIES = ['CONTINUE', 'END'] as const;

interface StartFieldsProps {
  form: StartForm;
  document: WorkflowDocument;
  onChange(form: StartForm): void;
}

/** What a start can say; everything has a default, so that Enter alone starts the workflow. */
export function StartFields({ form, document, onChange }: StartFieldsProps) {
  const { t } = useTranslation('designer');
  const [isMoreShown, more] = useDisclosure(form.startNodes.length > 0);
  const tasks = useMemo(() => document.tasks.map((task) => task.name), [document]);
  const groups = useQuery(workerGroupsQuery);
  const Chevron = isMoreShown ? IconChevronDown : IconChevronRight;
  const asDefined = { value: '', label: t('start.asDefined') };

  return (
    <Stack gap={16}>
      <StartParameters params={form.params} onChange={(params) => onChange({ ...form, params })} />
      <Switch
        label={t('start.dryRun')}
        description={t('start.dryRunHint')}
        checked={form.dryRun}
        onChange={(event) => onChange({ ...form, dryRun: event.currentTarget.checked })}
      />
      <Group>
        <Button
          variant="subtle"
          size="compact-sm"
          color="gray"
          aria-expanded={isMoreShown}
          leftSection={<Chevron size={16} aria-hidden />}
          onClick={more.toggle}
        >
          {t('start.more')}
        </Button>
      </Group>
      <Collapse expanded={isMoreShown}>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing={16} verticalSpacing={16}>
          <MultiSelect
            label={t('start.startNodes')}
            description={t('start.startNodesHint')}
            placeholder={form.startNodes.length === 0 ? t('start.allTasks') : undefined}
            data={tasks}
            value={[...form.startNodes]}
            searchable
            clearable
            limit={100}
            onChange={(startNodes) => onChange({ ...form, startNodes })}
          />
          <Select
            label={t('start.scope')}
            description={t('start.scopeHint')}
            data={SCOPES.map((value) => ({ value, label: t(`start.scopes.${value}`) }))}
            value={form.nodeScope}
            allowDeselect={false}
            disabled={form.startNodes.length === 0}
            onChange={(value) => onChange({ ...form, nodeScope: value as StartForm['nodeScope'] })}
          />
          <Autocomplete
            label={t('start.workerGroup')}
            description={t('start.workerGroupHint')}
            placeholder={t('start.asDefined')}
            data={groups.data ?? []}
            value={form.workerGroup}
            onChange={(workerGroup) => onChange({ ...form, workerGroup })}
          />
          <Select
            label={t('start.priority')}
            description={t('start.priorityHint')}
            data={[asDefined, ...PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }))]}
            value={form.priority}
            allowDeselect={false}
            onChange={(value) => onChange({ ...form, priority: value ?? '' })}
          />
          <Select
            label={t('start.failureStrategy')}
            description={t('start.failureStrategyHint')}
            data={[asDefined, ...STRATEGIES.map((value) => ({ value, label: t(`failureStrategy.${value}`) }))]}
            value={form.failureStrategy}
            allowDeselect={false}
            onChange={(value) => onChange({ ...form, failureStrategy: value ?? '' })}
          />
          <TextInput
            type="datetime-local"
            step={1}
            label={t('start.scheduleTime')}
            description={t('start.scheduleTimeHint')}
            value={form.scheduleTime}
            onChange={(event) => onChange({ ...form, scheduleTime: event.currentTarget.value })}
          />
        </SimpleGrid>
      </Collapse>
    </Stack>
  );
}
