import { Button, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleOff, IconCopyPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DesignActions } from '../useDesign';
import type { Selection } from '~/workflow-diagram/selection';
import { PanelFrame } from './PanelFrame';

interface ManyPanelProps {
  selection: Selection;
  actions: DesignActions;
  onClose(): void;
}

/** What can be done with several tasks at once. */
export function ManyPanel({ selection, actions, onClose }: ManyPanelProps) {
  const { t } = useTranslation('designer');
  const label = t('selected', { count: selection.tasks.size });
  return (
    <PanelFrame label={label} onClose={onClose}>
      <Stack gap={8}>
        <Text size="sm" c="dimmed" mb={8}>
          {t('selectedHint')}
        </Text>
        <Button
          variant="default"
          leftSection={<IconCopyPlus size={16} aria-hidden />}
          onClick={() => actions.duplicate(selection.tasks)}
        >
          {t('menu.duplicate')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconCircleOff size={16} aria-hidden />}
          onClick={() => actions.forbid(selection.tasks, true)}
        >
          {t('menu.disable')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconCircleCheck size={16} aria-hidden />}
          onClick={() => actions.forbid(selection.tasks, false)}
        >
          {t('menu.enable')}
        </Button>
        <Button
          variant="default"
          c="var(--state-failed)"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => actions.remove(selection)}
        >
          {t('menu.delete')}
        </Button>
      </Stack>
    </PanelFrame>
  );
}
