import { Kbd, Menu } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

export interface MenuEntry {
  readonly key: string;
  readonly label: string;
  readonly icon?: Icon;
  /** The key that does the same, for people to learn. */
  readonly shortcut?: string;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  /** Begins a new section. */
  readonly isSeparated?: boolean;
  onClick(): void;
}

export interface OpenMenu {
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly entries: readonly MenuEntry[];
}

/** The context menu at the pointer, or at the focused node when the keyboard has opened it. */
export function DiagramMenu({ menu, onClose }: { menu: OpenMenu | null; onClose(): void }) {
  return (
    <Menu opened={menu !== null} onChange={(opened) => !opened && onClose()} position="bottom-start" width={240}>
      <Menu.Target>
        <span
          aria-hidden
          style={{ position: 'fixed', left: menu?.x ?? 0, top: menu?.y ?? 0, width: 0, height: 0 }}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label={menu?.label}>{menu?.entries.map(entryView)}</Menu.Dropdown>
    </Menu>
  );
}

function entryView(entry: MenuEntry): ReactNode {
  const Sign = entry.icon;
  return [
    entry.isSeparated === true && <Menu.Divider key={`${entry.key}-line`} />,
    <Menu.Item
      key={entry.key}
      disabled={entry.isDisabled}
      c={entry.isDanger === true ? 'var(--state-failed)' : undefined}
      leftSection={Sign && <Sign size={16} stroke={1.75} aria-hidden />}
      rightSection={entry.shortcut && <Kbd size="xs">{entry.shortcut}</Kbd>}
      onClick={() => entry.onClick()}
    >
      {entry.label}
    </Menu.Item>,
  ];
}
