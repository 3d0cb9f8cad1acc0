import { ActionIcon, Select, TextInput, Tooltip } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import table from '~/components/Table.module.css';
import type { InstancesSearch } from '~/routes/search';
import { listProjects, listWorkflows } from '~/services/projects';
import type { WorkflowState } from '~/theme/states';
import { localInput, utcOf } from './localTime';

const states: readonly WorkflowState[] = [
  'RUNNING',
  'SUBMITTED',
  'SERIAL_WAIT',
  'PAUSING',
  'PAUSED',
  'STOPPING',
  'STOPPED',
  'FAILED',
  'SUCCEEDED',
];

export interface InstanceFiltersProps {
  filter: InstancesSearch;
  onChange(filter: InstancesSearch): void;
}

/** The filters stand in the address, so that a list can be sent to somebody. */
export function InstanceFilters({ filter, onChange }: InstanceFiltersProps) {
  const { t } = useTranslation('instances');
  const { t: c } = useTranslation();
  const set = (part: InstancesSearch) => onChange({ ...filter, ...part });
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <div className={table.bar} role="search" aria-label={t('filter.label')}>
      <NamePicker filter={filter} set={set} />
      <Select
        aria-label={t('filter.state')}
        placeholder={t('filter.state')}
        data={states.map((state) => ({ value: state, label: c(`state.${state}`) }))}
        value={filter.state ?? null}
        onChange={(state) => set({ state: state ?? undefined })}
        clearable
        clearButtonProps={{ 'aria-label': c('action.clear') }}
        w={136}
      />
      <TimeInput label={t('filter.from')} short={t('filter.fromShort')} value={filter.from} onChange={(from) => set({ from })} />
      <TimeInput label={t('filter.to')} short={t('filter.toShort')} value={filter.to} onChange={(to) => set({ to })} />
      <Tooltip label={t('filter.clear')}>
        <ActionIcon size="lg" aria-label={t('filter.clear')} onClick={() => onChange({})} disabled={!isFiltered}>
          <IconFilterOff size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function NamePicker({ filter, set }: { filter: InstancesSearch; set(part: InstancesSearch): void }) {
  const { t } = useTranslation('instances');
  const { t: c } = useTranslation();
  const projects = useQuery({ queryKey: ['projects', 'names'], queryFn: ({ signal }) => listProjects(null, signal) });
  const workflows = useQuery({
    queryKey: ['workflows', filter.project, 'names'],
    queryFn: ({ signal }) => listWorkflows(filter.project ?? '', '', null, signal),
    enabled: filter.project !== undefined,
  });
  const clear = { clearable: true, searchable: true, clearButtonProps: { 'aria-label': c('action.clear') } };
  return (
    <>
      <Select
        aria-label={t('filter.project')}
        placeholder={t('filter.project')}
        data={withChosen(projects.data?.items.map((project) => project.name), filter.project)}
        value={filter.project ?? null}
        onChange={(project) => set({ project: project ?? undefined, workflow: undefined })}
        w={168}
        {...clear}
      />
      <Select
        aria-label={t('filter.workflow')}
        placeholder={t('filter.workflow')}
        data={withChosen(workflows.data?.items.map((workflow) => workflow.name), filter.workflow)}
        value={filter.workflow ?? null}
        onChange={(workflow) => set({ workflow: workflow ?? undefined })}
        disabled={filter.project === undefined}
        w={184}
        {...clear}
      />
    </>
  );
}

/** The chosen name can be shown before the list has come, and when it is not on its first page. */
function withChosen(names: string[] = [], chosen: string | undefined): string[] {
  return chosen === undefined || names.includes(chosen) ? names : [chosen, ...names];
}

interface TimeInputProps {
  label: string;
  short: string;
  value: string | undefined;
  onChange(iso: string | undefined): void;
}

function TimeInput({ label, short, value, onChange }: TimeInputProps) {
  const [typed, setTyped] = useState(localInput(value));
  useEffect(() => setTyped(localInput(value)), [value]);
  return (
    <TextInput
      type="datetime-local"
      aria-label={label}
      leftSection={
        <span className="soft" style={{ fontSize: 12 }} aria-hidden>
          {short}
        </span>
      }
      leftSectionWidth={56}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(utcOf(event.currentTarget.value));
      }}
      w={216}
    />
  );
}
