import { Kbd, Modal, Table } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Fragment, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { hideShortcuts, shownShortcuts, showShortcuts, useHelpShown, useShortcuts, type Shortcut } from './shortcuts';

/** The keys that work everywhere, and the list of all that work now. */
export function ShortcutsHelp() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isShown = useHelpShown();
  const global = useMemo<Shortcut[]>(
    () => [
      { keys: '?', text: t('keys.help'), run: showShortcuts },
      { keys: 'g h', text: t('keys.goHome'), run: () => void navigate({ to: '/' }) },
      { keys: 'g p', text: t('keys.goProjects'), run: () => void navigate({ to: '/projects' }) },
      { keys: 'g i', text: t('keys.goInstances'), run: () => void navigate({ to: '/instances' }) },
    ],
    [t, navigate],
  );
  useShortcuts(global);
  const others = isShown ? shownShortcuts().filter((shortcut) => !global.includes(shortcut)) : [];
  return (
    <Modal
      opened={isShown}
      onClose={hideShortcuts}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {others.length > 0 && <Keys title={t('keys.page')} shortcuts={others} />}
      <Keys title={t('keys.global')} shortcuts={global} />
    </Modal>
  );
}

function Keys({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) {
  const { t } = useTranslation();
  return (
    <Table verticalSpacing={6} withRowBorders={false} mb={12} captionSide="top">
      <Table.Caption style={{ textAlign: 'left', fontWeight: 600, marginTop: 0 }}>{title}</Table.Caption>
      <Table.Tbody>
        {shortcuts.map((shortcut) => (
          <Table.Tr key={shortcut.keys}>
            <Table.Td>{shortcut.text}</Table.Td>
            <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
              {shortcut.keys.split(' ').map((key, index) => (
                <Fragment key={index}>
                  {index > 0 && <span className="soft"> {t('keys.then')} </span>}
                  <Kbd>{key}</Kbd>
                </Fragment>
              ))}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
