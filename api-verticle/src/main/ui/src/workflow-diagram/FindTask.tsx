import { Select } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Panel } from '@xyflow/react';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '~/components/shell/shortcuts';
import classes from './diagram.module.css';
import type { DiagramTask } from './graph';

interface FindTaskProps {
  tasks: readonly DiagramTask[];
  onFind(name: string): void;
}

/** Leads to a task by its name: tasks out of sight cannot be reached with Tab. */
export function FindTask({ tasks, onFind }: FindTaskProps) {
  const { t } = useTranslation('diagram');
  const input = useRef<HTMLInputElement>(null);
  useShortcuts(useMemo(() => [{ keys: '/', text: t('find'), run: () => input.current?.focus() }], [t]));
  return (
    <Panel position="top-left" className={classes.find}>
      <Select
        ref={input}
        size="xs"
        aria-label={t('find')}
        placeholder={t('find')}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={<span />}
        data={useMemo(() => tasks.map((task) => task.name), [tasks])}
        value={null}
        searchable
        limit={30}
        nothingFoundMessage={t('notFound')}
        comboboxProps={{ width: 280, position: 'bottom-start' }}
        onChange={(name) => name !== null && onFind(name)}
      />
    </Panel>
  );
}
