import { Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StateBadge } from '~/components/StateBadge';
import { Lasted, Time } from '~/components/Time';
import { useReason } from '~/i18n/useReason';
import type { TaskInstance } from '~/services/instances';
import type { TaskState } from '~/theme/states';
import { useTypeLooks } from '~/workflow-diagram/typeLooks';
import type { ViewProps } from './InstancePage';
import classes from './InstancePage.module.css';

const columns = { gridTemplateColumns: '136px minmax(160px, 1.2fr) 120px 64px minmax(200px, 2fr) 128px 112px 96px' };

/** All task instances that count, with why each is where it is; only the rows in sight exist. */
export function TasksView({ state, openTask, onOpenTask }: ViewProps) {
  const { t } = useTranslation('instances');
  const { t: c } = useTranslation();
  const say = useReason();
  const [wanted, setWanted] = useState('');
  const [wantedState, setWantedState] = useState<string | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const all = useMemo(() => [...state.tasks.values()].sort(bySubmission), [state.tasks]);
  const types = useTypeLooks(all);
  const states = useMemo(() => [...new Set(all.map((task) => task.state))], [all]);
  const needle = wanted.trim().toLowerCase();
  const rows = all.filter(
    (task) =>
      (wantedState === null || task.state === wantedState) &&
      (needle === '' || `${task.name} ${say(task.reason) ?? ''}`.toLowerCase().includes(needle)),
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 40,
    overscan: 12,
  });
  return (
    <div className={classes.column}>
      <div className={classes.toolbar}>
        <TextInput
          aria-label={t('tasks.search')}
          placeholder={t('tasks.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          size="xs"
          w={240}
        />
        <Select
          aria-label={t('tasks.state')}
          placeholder={t('tasks.all')}
          data={states.map((value: TaskState) => ({ value, label: c(`state.${value}`) }))}
          value={wantedState}
          onChange={setWantedState}
          clearable
          clearButtonProps={{ 'aria-label': c('action.clear') }}
          size="xs"
          w={176}
        />
        <span className="soft">{t('tasks.count', { count: rows.length })}</span>
      </div>
      <div ref={scroller} className={classes.grid} role="table" aria-rowcount={rows.length + 1} tabIndex={0} aria-label={t('view.tasks')}>
        <div className={classes.gridHead} style={columns} role="row">
          <span role="columnheader">{t('column.state')}</span>
          <span role="columnheader">{t('tasks.name')}</span>
          <span role="columnheader">{t('tasks.type')}</span>
          <span role="columnheader" className={classes.right}>
            {t('tasks.attempt')}
          </span>
          <span role="columnheader">{t('tasks.why')}</span>
          <span role="columnheader">{t('tasks.worker')}</span>
          <span role="columnheader">{t('tasks.started')}</span>
          <span role="columnheader" className={classes.right}>
            {t('tasks.lasted')}
          </span>
        </div>
        {rows.length === 0 && <p className={classes.quiet}>{t(all.length === 0 ? 'tasks.noTasks' : 'tasks.none')}</p>}
        <div style={{ position: 'relative', height: virtual.getTotalSize(), minWidth: 912 }} role="rowgroup">
          {virtual.getVirtualItems().map((item) => {
            const task = rows[item.index]!;
            return (
              <TaskRow
                key={task.name}
                task={task}
                index={item.index}
                top={item.start}
                type={types.get(task.taskType)?.title ?? task.taskType}
                isOpen={task.name === openTask}
                onOpenTask={onOpenTask}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface TaskRowProps {
  task: TaskInstance;
  index: number;
  top: number;
  type: string;
  isOpen: boolean;
  onOpenTask(name: string): void;
}

const TaskRow = memo(
  function TaskRow({ task, index, top, type, isOpen, onOpenTask }: TaskRowProps) {
    const why = useReason()(task.reason);
    return (
      <div
        className={classes.gridRow}
        style={{ ...columns, transform: `translateY(${top}px)` }}
        role="row"
        aria-rowindex={index + 2}
        data-open={isOpen || undefined}
      >
        <span role="cell">
          <StateBadge state={task.state} plain />
        </span>
        <span role="cell" className="cut">
          <button type="button" className={classes.rowButton} title={task.name} onClick={() => onOpenTask(task.name)}>
            {task.name}
          </button>
        </span>
        <span role="cell" className="cut">
          {type}
        </span>
        <span role="cell" className={classes.right}>
          {task.attempt}
        </span>
        <span role="cell" className="cut soft" title={why}>
          {why}
        </span>
        <span role="cell" className="cut" title={task.worker ?? undefined}>
          {task.worker}
        </span>
        <span role="cell">
          <Time iso={task.startTime} />
        </span>
        <span role="cell" className={classes.right}>
          <Lasted start={task.startTime} end={task.endTime} />
        </span>
      </div>
    );
  },
  (a, b) => a.task === b.task && a.top === b.top && a.type === b.type && a.isOpen === b.isOpen && a.index === b.index,
);

function bySubmission(a: TaskInstance, b: TaskInstance): number {
  const [first, second] = [a.firstSubmitTime ?? '', b.firstSubmitTime ?? ''];
  if (first !== second) return first < second ? -1 : 1;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
