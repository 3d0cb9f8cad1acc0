import { useMemo } from 'react';
import type { Definition } from '~/services/definitions';
import type { TaskTypeCatalog } from '~/services/taskTypes';
import { findTask } from '~/workflow-diagram/document';
import { NOTHING } from '~/workflow-diagram/selection';
import type { DesignerSearch } from '../search';
import { ManyPanel } from './panels/ManyPanel';
import { SettingsPanel } from './panels/SettingsPanel';
import { TaskPanel } from './panels/TaskPanel';
import { VersionsPanel } from './panels/VersionsPanel';
import type { DesignerModel } from './useDesigner';

interface DesignerPanelProps {
  designer: DesignerModel;
  project: string;
  definition: Definition | null;
  catalog: TaskTypeCatalog;
  search: DesignerSearch;
  onSearch(change: DesignerSearch): void;
  onRestore(version: number): void;
}

/** The panel at the right: of the selected task or tasks, else of what was asked for. */
export function DesignerPanel(props: DesignerPanelProps) {
  const { designer, project, definition, catalog, search, onSearch } = props;
  const { document, state, actions, isReadOnly, selected } = designer;
  const task = selected === null ? undefined : findTask(document, selected);
  const form = useMemo(
    () => ({ project, document, task: null, faults: state.faults, isReadOnly }),
    [project, document, state.faults, isReadOnly],
  );
  const close = (): void => onSearch({ view: undefined });
  if (search.view === 'yaml') {
    return <span />;
  }
  if (task !== undefined) {
    return (
      <TaskPanel
        key={task.task_type}
        catalog={catalog}
        form={{ ...form, task }}
        actions={actions}
        focus={designer.focus}
        onFocused={designer.focused}
        onClose={() => actions.select(NOTHING)}
      />
    );
  }
  if (state.selection.tasks.size > 1 && !isReadOnly) {
    return <ManyPanel selection={state.selection} actions={actions} onClose={() => actions.select(NOTHING)} />;
  }
  if (search.view === 'settings') {
    const field = designer.focus?.field ?? null;
    return <SettingsPanel catalog={catalog} form={form} actions={actions} shownField={field} onClose={close} />;
  }
  if (search.view === 'versions' && definition !== null) {
    return (
      <VersionsPanel
        project={project}
        workflow={definition.name}
        shown={definition.version}
        newest={definition.newestVersion}
        onView={(version) => onSearch({ version: version === definition.newestVersion ? undefined : version })}
        onRestore={props.onRestore}
        onClose={close}
      />
    );
  }
  return <span />;
}
