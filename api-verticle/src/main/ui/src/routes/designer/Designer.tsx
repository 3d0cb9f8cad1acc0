import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '~/components/Confirm';
import { Page } from '~/components/Page';
import { timeText } from '~/components/timeText';
import { textOf } from '~/services/formSchema';
import { findType } from '~/services/taskTypes';
import type { Definition } from '~/services/definitions';
import type { TaskTypeCatalog } from '~/services/taskTypes';
import { findTask } from '~/workflow-diagram/document';
import { placeFaults } from '~/workflow-diagram/faults';
import type { PlacedFault } from '~/workflow-diagram/faults';
import { ofTasks } from '~/workflow-diagram/selection';
import type { DesignerSearch } from '../search';
import { ConnectDialog } from './ConnectDialog';
import classes from './designer.module.css';
import { DesignerActions } from './DesignerActions';
import { DesignerCanvas } from './DesignerCanvas';
import { DesignerHeading } from './DesignerHeading';
import { DesignerPanel } from './DesignerPanel';
import { LeaveGuard } from './LeaveGuard';
import type { Design } from './model/design';
import { OldVersionNotice } from './OldVersionNotice';
import { Palette } from './Palette';
import { FaultList } from './panels/FaultList';
import { useDesigner } from './useDesigner';
import { YamlView } from './YamlView';

const StartDialog = lazy(() => import('./StartDialog').then((file) => ({ default: file.StartDialog })));

export interface DesignerProps {
  project: string;
  /** Null: it is drawn for the first time. */
  definition: Definition | null;
  initial: Design;
  catalog: TaskTypeCatalog;
  search: DesignerSearch;
  onSearch(change: DesignerSearch): void;
  onCreated?(workflow: string, task: string | null): Promise<void>;
  /** Loads the newest version again, after an old one has been made the newest. */
  onReload?(): Promise<void>;
}

/** The workflow designer: palette, diagram or file, and the panel of what is selected. */
export function Designer(props: DesignerProps) {
  const { t, i18n } = useTranslation('designer');
  const { project, definition, catalog, search, onSearch } = props;
  const designer = useDesigner(props);
  const { state, actions, isReadOnly, document, selected, yaml } = designer;
  const [restored, setRestored] = useState<number | null>(null);
  const overtaken = designer.overtaken?.version;
  const title = definition?.name ?? (document.workflow.name || t('new'));
  const isYaml = search.view === 'yaml';
  const warnings = placeFaults(document, designer.saving.warnings);

  const showFault = (found: PlacedFault): void => {
    if (found.task !== null) {
      onSearch({ view: undefined });
      actions.select(ofTasks([found.task]));
      designer.control.current?.reveal(found.task, true);
    } else {
      onSearch({ view: 'settings' });
    }
    if (found.field !== null) designer.setFocus({ field: found.field });
  };

  const titleOf = ({ task, field }: PlacedFault): string | undefined => {
    const type = task === null ? undefined : findType(catalog.types, findTask(document, task)?.task_type ?? '');
    const schemas = task === null ? [catalog.workflow] : [type?.schema, catalog.task];
    const schema = schemas.map((one) => one?.properties?.[field ?? '']).find((one) => one !== undefined);
    return schema && textOf(schema, i18n.language).title;
  };

  return (
    <Page
      title={title}
      fill
      crumbs={[
        { text: t('projects'), link: { to: '/projects' } },
        { text: project, link: { to: '/projects/$project', params: { project } } },
      ]}
      heading={<DesignerHeading designer={designer} definition={definition} />}
      actions={<DesignerActions designer={designer} definition={definition} search={search} onSearch={onSearch} />}
    >
      {definition !== null && isReadOnly && (
        <OldVersionNotice
          definition={definition}
          onNewest={() => onSearch({ version: undefined })}
          onRestore={() => setRestored(definition.version)}
        />
      )}
      <div className={classes.frame}>
        {isYaml || isReadOnly ? (
          <span />
        ) : (
          <Palette catalog={catalog} search={designer.palette} onAdd={(type) => designer.addType(type)} />
        )}
        <main className={classes.middle}>
          {isYaml ? (
            <YamlView
              project={project}
              workflow={definition?.name ?? ''}
              draft={yaml.draft}
              faults={yaml.faults}
              isApplying={yaml.isApplying}
              isReadOnly={isReadOnly}
              onChange={yaml.change}
              onApply={() => void yaml.apply().then((isApplied) => isApplied && onSearch({ view: undefined }))}
              onDiscard={yaml.discard}
            />
          ) : (
            <DesignerCanvas designer={designer} catalog={catalog} label={t('canvas', { name: title })} />
          )}
          {!isYaml && (
            <FaultList
              faults={state.faults}
              warnings={warnings}
              titleOf={titleOf}
              onShow={showFault}
              onClose={() => {
                actions.faults([]);
                designer.saving.clearWarnings();
              }}
            />
          )}
        </main>
        <DesignerPanel
          designer={designer}
          project={project}
          definition={definition}
          catalog={catalog}
          search={search}
          onSearch={onSearch}
          onRestore={setRestored}
        />
      </div>
      {designer.connected !== null && (
        <ConnectDialog
          document={document}
          from={designer.connected}
          onConnect={(to, outlet) => designer.connected !== null && actions.connect(designer.connected, to, outlet)}
          onClose={() => designer.setConnected(null)}
        />
      )}
      {designer.started !== null && (
        <Suspense>
          <StartDialog
            project={project}
            workflow={definition?.name ?? document.workflow.name}
            opened
            startNodes={designer.started.tasks}
            nodeScope={designer.started.scope}
            onClose={() => designer.setStarted(null)}
          />
        </Suspense>
      )}
      <Confirm
        opened={restored !== null}
        title={t('versions.restoreTitle', { version: restored ?? 0 })}
        confirm={t('versions.restore')}
        isBusy={designer.isRestoring}
        onConfirm={() => restored !== null && void designer.restore(restored).then(() => setRestored(null))}
        onClose={() => setRestored(null)}
      >
        {t(designer.hasChanges() ? 'versions.restoreUnsaved' : 'versions.restoreText')}
      </Confirm>
      <Confirm
        opened={designer.overtaken !== null}
        title={t('overtaken.title', { version: overtaken?.version ?? 0 })}
        confirm={t('overtaken.save')}
        onConfirm={() => designer.overtaken?.answer(true)}
        onClose={() => designer.overtaken?.answer(false)}
      >
        {t('overtaken.text', {
          user: overtaken?.createdBy ?? '',
          time: timeText(overtaken?.createdTime ?? null, i18n.language),
        })}
      </Confirm>
      <LeaveGuard isChanged={designer.hasChanges} />
      <span className="visually-hidden" aria-live="polite">
        {selected === null ? '' : t('nowSelected', { name: selected })}
      </span>
    </Page>
  );
}
