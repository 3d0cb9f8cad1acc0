import {
  IconArrowBarToLeft,
  IconArrowBarToRight,
  IconCircleCheck,
  IconCircleOff,
  IconClipboard,
  IconCopy,
  IconCopyPlus,
  IconFocusCentered,
  IconLayoutDistributeHorizontal,
  IconPencil,
  IconPlayerPlay,
  IconSelectAll,
  IconTrash,
  IconVectorSpline,
} from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { MenuTarget } from '~/workflow-diagram/DiagramCanvas';
import type { MenuEntry } from '~/workflow-diagram/DiagramMenu';
import { isForbidden } from '~/workflow-diagram/document';
import type { WorkflowDocument } from '~/workflow-diagram/document';
import type { Selection } from '~/workflow-diagram/selection';
import type { StartForm } from './model/startForm';

/** What the context menu can do; the page says how. */
export interface MenuCommands {
  open(task: string): void;
  run(tasks: readonly string[], scope: StartForm['nodeScope']): void;
  connectFrom(task: string): void;
  forbid(tasks: ReadonlySet<string>, forbidden: boolean): void;
  duplicate(tasks: ReadonlySet<string>): void;
  copy(tasks: ReadonlySet<string>): void;
  paste(): void;
  remove(selection: Selection): void;
  selectAll(): void;
  arrange(): void;
  fit(): void;
  canPaste: boolean;
}

export function designerMenu(
  t: TFunction<'designer'>,
  target: Exclude<MenuTarget, { kind: 'nothing' }>,
  document: WorkflowDocument,
  selection: Selection,
  commands: MenuCommands,
): readonly MenuEntry[] {
  if (target.kind === 'edge') {
    const chosen: Selection = { tasks: new Set(), edges: new Set([target.id]) };
    return [
      {
        key: 'delete',
        label: t('menu.deleteEdge'),
        icon: IconTrash,
        shortcut: 'Del',
        isDanger: true,
        onClick: () => commands.remove(chosen),
      },
    ];
  }
  if (target.kind === 'pane') {
    const isEmpty = document.tasks.length === 0;
    return [
      { key: 'paste', label: t('menu.paste'), icon: IconClipboard, shortcut: 'Ctrl V', isDisabled: !commands.canPaste, onClick: commands.paste },
      { key: 'all', label: t('menu.selectAll'), icon: IconSelectAll, shortcut: 'Ctrl A', isDisabled: isEmpty, onClick: commands.selectAll },
      { key: 'arrange', label: t('menu.arrange'), icon: IconLayoutDistributeHorizontal, shortcut: 'L', isDisabled: isEmpty, isSeparated: true, onClick: commands.arrange },
      { key: 'fit', label: t('menu.fit'), icon: IconFocusCentered, shortcut: 'F', isDisabled: isEmpty, onClick: commands.fit },
    ];
  }
  const tasks = selection.tasks.has(target.name) ? selection.tasks : new Set([target.name]);
  return taskMenu(t, target.name, tasks, document, commands);
}

function taskMenu(
  t: TFunction<'designer'>,
  name: string,
  tasks: ReadonlySet<string>,
  document: WorkflowDocument,
  commands: MenuCommands,
): readonly MenuEntry[] {
  const isOne = tasks.size === 1;
  const areOff = document.tasks.filter((task) => tasks.has(task.name)).every(isForbidden);
  const all = [...tasks];
  return [
    { key: 'open', label: t('menu.open'), icon: IconPencil, shortcut: 'Enter', isDisabled: !isOne, onClick: () => commands.open(name) },
    { key: 'connect', label: t('menu.connect'), icon: IconVectorSpline, shortcut: 'C', isDisabled: !isOne, onClick: () => commands.connectFrom(name) },
    { key: 'from', label: t('menu.runFrom'), icon: IconArrowBarToRight, isSeparated: true, onClick: () => commands.run(all, 'TASK_POST') },
    { key: 'upTo', label: t('menu.runUpTo'), icon: IconArrowBarToLeft, onClick: () => commands.run(all, 'TASK_PRE') },
    { key: 'only', label: t('menu.runOnly', { count: tasks.size }), icon: IconPlayerPlay, onClick: () => commands.run(all, 'TASK_ONLY') },
    {
      key: 'forbid',
      label: t(areOff ? 'menu.enable' : 'menu.disable'),
      icon: areOff ? IconCircleCheck : IconCircleOff,
      isSeparated: true,
      onClick: () => commands.forbid(tasks, !areOff),
    },
    { key: 'duplicate', label: t('menu.duplicate'), icon: IconCopyPlus, shortcut: 'Ctrl D', onClick: () => commands.duplicate(tasks) },
    { key: 'copy', label: t('menu.copy'), icon: IconCopy, shortcut: 'Ctrl C', onClick: () => commands.copy(tasks) },
    {
      key: 'delete',
      label: t('menu.delete'),
      icon: IconTrash,
      shortcut: 'Del',
      isDanger: true,
      isSeparated: true,
      onClick: () => commands.remove({ tasks, edges: new Set() }),
    },
  ];
}
