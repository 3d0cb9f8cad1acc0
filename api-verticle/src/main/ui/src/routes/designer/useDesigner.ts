import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '~/components/problemText';
import { toast } from '~/components/toasts';
import { definitionQuery, listVersions, restoreVersion } from '~/services/definitions';
import type { VersionRow } from '~/services/definitions';
import { releaseWorkflow } from '~/services/projects';
import type { ReleaseState } from '~/services/projects';
import type { TaskTypeInfo } from '~/services/taskTypes';
import { behind } from '~/workflow-diagram/positions';
import type { Point } from '~/workflow-diagram/positions';
import { ofTasks, singleTask } from '~/workflow-diagram/selection';
import type { CanvasControl } from '~/workflow-diagram/useCanvasControl';
import type { DesignerProps } from './Designer';
import { isChanged } from './model/design';
import { newTask, withSpellings } from './model/newTask';
import type { StartForm } from './model/startForm';
import type { FocusWish } from './panels/TaskPanel';
import { useArranging } from './useArranging';
import { useDesign } from './useDesign';
import { useSaving } from './useSaving';
import { useYaml } from './useYaml';

interface Started {
  readonly tasks: readonly string[];
  readonly scope: StartForm['nodeScope'];
}

/** Somebody has saved since this was loaded; `answer` goes on with the save, or does not. */
export interface Overtaken {
  readonly version: VersionRow;
  answer(isSaved: boolean): void;
}

export type DesignerModel = ReturnType<typeof useDesigner>;

/** All that the parts of the designer share. */
export function useDesigner(props: DesignerProps) {
  const { project, definition, search, onSearch, onCreated, onReload } = props;
  const { t } = useTranslation('designer');
  const { t: c } = useTranslation();
  const client = useQueryClient();
  const [state, actions, newest] = useDesign(
    () => ({ ...props.initial, document: withSpellings(props.initial.document, props.catalog.types) }),
    definition !== null,
  );
  const { document, positions } = state.history.present;
  const control = useRef<CanvasControl>(null);
  const palette = useRef<HTMLInputElement>(null);
  const nameInput = useRef<HTMLInputElement>(null);
  const isReadOnly = definition !== null && definition.version !== definition.newestVersion;
  const releaseState = definition?.releaseState ?? 'ONLINE';
  const saving = useSaving(project, releaseState, state, actions, newest);
  const yaml = useYaml({ project, isNew: definition === null, isShown: search.view === 'yaml', types: props.catalog.types, actions, newest, document });
  const { arrange, isPlaced } = useArranging(state, actions, control);
  const [focus, setFocus] = useState<FocusWish | null>(null);
  const [connected, setConnected] = useState<string | null>(null);
  const [started, setStarted] = useState<Started | null>(null);
  const [overtaken, setOvertaken] = useState<Overtaken | null>(null);
  const [isRestoring, setRestoring] = useState(false);
  const [isNameMissing, setNameMissing] = useState(false);
  const hasLeft = useRef(false);
  const selected = singleTask(state.selection);
  const isYamlChanged = useRef(false);
  isYamlChanged.current = yaml.isChanged;

  useOpenTask(search.task, selected, document.tasks, actions.select, onSearch);

  const hasChanges = useCallback(
    () => !hasLeft.current && !isReadOnly && (isChanged(newest()) || isYamlChanged.current),
    [isReadOnly, newest],
  );

  const focused = useCallback(() => setFocus(null), []);

  const addType = (type: TaskTypeInfo, place?: Point): string => {
    const around = selected === null ? undefined : positions[selected];
    const wanted = place ?? (around === undefined ? control.current?.middle() : behind(around));
    const name = actions.add(newTask(type), wanted ?? { x: 0, y: 0 });
    setFocus({ field: 'name' });
    if (place === undefined) requestAnimationFrame(() => control.current?.reveal(name, true));
    return name;
  };

  /** Nobody's version is lost by a save, but whoever saves should know of the other. */
  const mayOvertake = async (): Promise<boolean> => {
    if (definition === null) return true;
    const versions = await listVersions(project, definition.name, null).catch(() => null); // the save says what is wrong
    const version = versions?.items.find((row) => row.isCurrent);
    if (version === undefined || version.version <= definition.newestVersion) return true;
    return new Promise((resolve) => {
      setOvertaken({
        version,
        answer: (isSaved) => {
          setOvertaken(null);
          resolve(isSaved);
        },
      });
    });
  };

  /** Whether everything is saved now. A new workflow moves to its own address. */
  const save = async (): Promise<boolean> => {
    if (isReadOnly || saving.isSaving || !(await yaml.apply())) return false;
    const { name } = newest().history.present.document.workflow;
    if (name.trim() === '') {
      setNameMissing(true);
      nameInput.current?.focus();
      toast('failed', t('save.nameless'));
      return false;
    }
    if (!(await mayOvertake())) return false;
    const saved = await saving.save();
    if (saved !== null && onCreated !== undefined) {
      hasLeft.current = true;
      await onCreated(name, singleTask(newest().selection));
    }
    return saved !== null;
  };

  const run = async (tasks: readonly string[], scope: StartForm['nodeScope']): Promise<void> => {
    const isSaved = definition !== null && !hasChanges();
    if (isSaved || isReadOnly || (await save())) setStarted({ tasks, scope });
  };

  const setRelease = async (online: boolean): Promise<void> => {
    if (definition === null) return;
    const next: ReleaseState = online ? 'ONLINE' : 'OFFLINE';
    try {
      await releaseWorkflow(project, definition.name, next);
      client.setQueryData(definitionQuery(project, definition.name, search.version ?? null).queryKey, (old) =>
        old === undefined ? old : { ...old, releaseState: next },
      );
      void client.invalidateQueries({ queryKey: ['workflows', project] });
      toast('done', t(online ? 'release.nowOnline' : 'release.nowOffline'));
    } catch (problem) {
      toast('failed', t('release.failed'), problemText(problem, c));
    }
  };

  const restore = async (version: number): Promise<void> => {
    if (definition === null) return;
    setRestoring(true);
    try {
      const saved = await restoreVersion(project, definition.name, version);
      toast('done', t('versions.restored', { before: version, version: saved.version }));
      void client.invalidateQueries({ queryKey: ['versions', project, definition.name] });
      hasLeft.current = true;
      await onReload?.();
    } catch (problem) {
      toast('failed', t('versions.restoreFailed'), problemText(problem, c));
    } finally {
      setRestoring(false);
    }
  };

  return {
    state, actions, document, positions, selected, isReadOnly, isPlaced, control, palette, nameInput, saving, yaml,
    overtaken, focus, setFocus, focused, connected, setConnected, started, setStarted, isRestoring, isNameMissing, releaseState,
    hasChanges, arrange, addType, save, run, setRelease, restore,
  };
}

/** The open task stands in the address, so that a link leads to it. */
function useOpenTask(
  asked: string | undefined,
  selected: string | null,
  tasks: readonly { name: string }[],
  select: (selection: ReturnType<typeof ofTasks>) => void,
  onSearch: DesignerProps['onSearch'],
): void {
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      if (asked !== undefined && tasks.some((task) => task.name === asked)) {
        select(ofTasks([asked]));
        return;
      }
    }
    if ((asked ?? null) !== selected) onSearch({ task: selected ?? undefined });
    // Only a selection moves the address; the address moves the selection once, at the start.
  }, [selected]);
}
