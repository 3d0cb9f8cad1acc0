import { Tabs } from '@mantine/core';
import { IconChartBar, IconHistory, IconListDetails, IconSitemap, IconVariable, type Icon } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StateIcon } from '~/components/StateIcon';
import { instanceViews, type InstanceView } from '~/routes/search';
import type { ShownState } from '~/theme/states';
import type { Tasks } from './InstancePage';
import classes from './InstancePage.module.css';

const route = getRouteApi('/shell/instances/$id');
const icons: Record<InstanceView, Icon> = {
  graph: IconSitemap,
  tasks: IconListDetails,
  gantt: IconChartBar,
  parameters: IconVariable,
  events: IconHistory,
};

export interface ViewTabsProps {
  view: InstanceView;
  tasks: Tasks;
  /** Tasks of the definition; null before it is known. */
  total: number | null;
}

/** The views of an instance, and how many tasks are in which state. */
export function ViewTabs({ view, tasks, total }: ViewTabsProps) {
  const { t } = useTranslation('instances');
  const { t: c } = useTranslation();
  const navigate = route.useNavigate();
  const choose = (chosen: string | null) =>
    void navigate({
      search: (before) => ({ ...before, view: instanceViews.find((known) => known === chosen) }),
      replace: true,
    });
  return (
    <div className={classes.tabs}>
      <Tabs value={view} onChange={choose} aria-label={t('view.label')} keepMounted={false} classNames={{ list: classes.tabList }}>
        <Tabs.List>
          {(['graph', ...instanceViews] as const).map((name) => {
            const Sign = icons[name];
            return (
              <Tabs.Tab
                key={name}
                value={name}
                aria-controls="instance-view"
                leftSection={<Sign size={16} aria-hidden />}
              >
                {t(`view.${name}`)}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
      </Tabs>
      <ul className={classes.counts}>
        {countStates(tasks, total).map(([state, count]) => (
          <li key={state} title={c(`state.${state}`)}>
            <StateIcon state={state} size={14} />
            <span className="visually-hidden">{c(`state.${state}`)}: </span>
            {count}
          </li>
        ))}
      </ul>
    </div>
  );
}

function countStates(tasks: Tasks, total: number | null): [ShownState, number][] {
  const counts = new Map<ShownState, number>();
  for (const task of tasks.values()) counts.set(task.state, (counts.get(task.state) ?? 0) + 1);
  if (total !== null && total > tasks.size) counts.set('NONE', total - tasks.size);
  return [...counts];
}
