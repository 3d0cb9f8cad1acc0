import { Skeleton, Text, Title } from '@mantine/core';
import { useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '~/components/shell/shortcuts';
import { textOf } from '~/services/formSchema';
import type { TaskTypeCatalog } from '~/services/taskTypes';
import { clipFromText, clipToText, copy } from '~/workflow-diagram/clipboard';
import type { Clip } from '~/workflow-diagram/clipboard';
import { DiagramCanvas } from '~/workflow-diagram/DiagramCanvas';
import type { MenuTarget } from '~/workflow-diagram/DiagramCanvas';
import type { MenuEntry } from '~/workflow-diagram/DiagramMenu';
import { edgesOf, wouldCycle } from '~/workflow-diagram/edges';
import { faultsByTask } from '~/workflow-diagram/faults';
import { graphOf } from '~/workflow-diagram/graph';
import { NODE_HEIGHT, NODE_WIDTH } from '~/workflow-diagram/positions';
import type { Point } from '~/workflow-diagram/positions';
import { isNothing, NOTHING, ofTasks } from '~/workflow-diagram/selection';
import { typeIcon } from '~/workflow-diagram/typeIcons';
import { typeLooks } from '~/workflow-diagram/typeLooks';
import classes from './designer.module.css';
import { designerMenu } from './designerMenu';
import { DRAGGED_TYPE } from './Palette';
import type { DesignerModel } from './useDesigner';
import { useDesignerKeys } from './useDesignerKeys';

interface DesignerCanvasProps {
  designer: DesignerModel;
  catalog: TaskTypeCatalog;
  label: string;
}

/** Kept beside the system's clipboard, which a menu may not be allowed to read. */
let lastClip: Clip | null = null;

/** The diagram with everything that changes it. */
export function DesignerCanvas({ designer, catalog, label }: DesignerCanvasProps) {
  const { t, i18n } = useTranslation('designer');
  const { state, actions, document, positions, isReadOnly, control } = designer;
  const { selection } = state;
  const graph = useMemo(() => graphOf(document), [document]);
  const faults = useMemo(() => {
    return new Map([...faultsByTask(state.faults)].map(([task, found]) => [task, found.length]));
  }, [state.faults]);
  const types = useMemo(
    () => typeLooks(catalog.types, graph.tasks, i18n.language),
    [catalog.types, graph.tasks, i18n.language],
  );

  const copyText = (tasks = selection.tasks): string | null => {
    if (tasks.size === 0) return null;
    lastClip = copy(document, positions, tasks);
    return clipToText(lastClip);
  };
  const paste = (clip: Clip | null): boolean => {
    if (clip === null || isReadOnly) return false;
    lastClip = lastClip !== null && clipToText(lastClip) === clipToText(clip) ? lastClip : clip;
    actions.paste(lastClip);
    return true;
  };
  const commands = {
    open: (name: string) => {
      actions.select(ofTasks([name]));
      designer.setFocus({ field: 'name' });
    },
    run: (tasks: readonly string[], scope: Parameters<DesignerModel['run']>[1]) => void designer.run(tasks, scope),
    connectFrom: designer.setConnected,
    forbid: actions.forbid,
    duplicate: (tasks: ReadonlySet<string>) => tasks.size > 0 && actions.duplicate(tasks),
    copy: (tasks: ReadonlySet<string>) => {
      const text = copyText(tasks);
      // Without leave to write there, tasks can still be pasted within this page.
      if (text !== null) void navigator.clipboard?.writeText(text).catch(() => undefined);
    },
    paste: () => void paste(lastClip),
    remove: actions.remove,
    selectAll: () => actions.select(ofTasks(document.tasks.map((task) => task.name))),
    arrange: designer.arrange,
    fit: () => control.current?.fit(),
    canPaste: lastClip !== null,
  };

  useDesignerKeys({
    save: () => void designer.save(),
    undo: () => isReadOnly || actions.undo(),
    redo: () => isReadOnly || actions.redo(),
    selectAll: commands.selectAll,
    duplicate: () => isReadOnly || commands.duplicate(selection.tasks),
    remove: () => isReadOnly || isNothing(selection) || actions.remove(selection),
    escape: () => actions.select(NOTHING),
    copy: () => copyText(),
    paste: (text) => paste(clipFromText(text)),
  });
  const newest = useRef(commands);
  newest.current = commands;
  const { palette, selected, setConnected } = designer;
  useShortcuts(
    useMemo(() => {
      const always = [{ keys: 'f', text: t('keys.fit'), run: () => newest.current.fit() }];
      const editing = [
        { keys: 'a', text: t('keys.add'), run: () => palette.current?.focus() },
        { keys: 'c', text: t('keys.connect'), run: () => selected !== null && setConnected(selected) },
        { keys: 'l', text: t('keys.arrange'), run: () => newest.current.arrange() },
        { keys: 'r', text: t('keys.run'), run: () => newest.current.run([], 'TASK_POST') },
      ];
      return isReadOnly ? always : [...editing, ...always];
    }, [isReadOnly, palette, selected, setConnected, t]),
  );

  const onDrop = (data: DataTransfer, point: Point): void => {
    const type = catalog.types.find(({ name }) => name === data.getData(DRAGGED_TYPE));
    if (type !== undefined) {
      designer.addType(type, { x: point.x - NODE_WIDTH / 2, y: point.y - NODE_HEIGHT / 2 });
    }
  };
  const newestDrop = useRef(onDrop);
  newestDrop.current = onDrop;
  const canConnect = useCallback((from: string, to: string) => !wouldCycle(edgesOf(document), from, to), [document]);
  const editing = useMemo(
    () => ({
      onMove: actions.move,
      onConnect: actions.connect,
      canConnect,
      onDrop: (data: DataTransfer, point: Point) => newestDrop.current(data, point),
    }),
    [actions, canConnect],
  );

  const menuItems = (target: MenuTarget): readonly MenuEntry[] => {
    if (isReadOnly) return [];
    if (target.kind !== 'nothing') return designerMenu(t, target, document, selection, commands);
    return catalog.types.map((type) => ({
      key: type.name,
      label: textOf(type, i18n.language).title ?? type.title,
      icon: typeIcon(type.icon || type.name),
      onClick: () => {
        const name = designer.addType(type, { x: target.point.x, y: target.point.y - NODE_HEIGHT / 2 });
        actions.connect(target.from, name, target.outlet);
      },
    }));
  };

  // Shown for good once it can be: a pasted task that has no place yet must not take the picture away.
  const isShown = useRef(false);
  isShown.current ||= designer.isPlaced;
  if (!isShown.current) {
    return <Skeleton radius={0} style={{ flex: 1 }} />;
  }
  return (
    <div className={classes.canvas}>
      <DiagramCanvas
        graph={graph}
        positions={positions}
        types={types}
        faults={faults}
        selection={selection}
        onSelect={actions.select}
        onOpenTask={(name, by) => by === 'key' && commands.open(name)}
        menuItems={menuItems}
        editing={isReadOnly ? undefined : editing}
        onArrange={isReadOnly ? undefined : designer.arrange}
        label={label}
        control={control}
      />
      {document.tasks.length === 0 && (
        <div className={classes.empty}>
          <div style={{ textAlign: 'center', maxWidth: 420 }}>
            <Title order={2}>{t('empty.title')}</Title>
            <Text c="dimmed" size="md" mt={8}>
              {t('empty.text')}
            </Text>
          </div>
        </div>
      )}
    </div>
  );
}
