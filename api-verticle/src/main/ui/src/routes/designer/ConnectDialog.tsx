import { Button, Group, Modal, SegmentedControl, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkflowDocument } from '~/workflow-diagram/document';
import { findTask } from '~/workflow-diagram/document';
import { edgesOf, reachable } from '~/workflow-diagram/edges';
import type { Outlet } from '~/workflow-diagram/edit';
import { hasOutlets } from '~/workflow-diagram/flowNodes';

interface ConnectDialogProps {
  document: WorkflowDocument;
  from: string;
  onConnect(to: string, outlet: Outlet): void;
  onClose(): void;
}

/** Draws an edge by keyboard: choose the task that comes next. */
export function ConnectDialog({ document, from, onConnect, onClose }: ConnectDialogProps) {
  const { t } = useTranslation('designer');
  const { t: c } = useTranslation();
  const [to, setTo] = useState<string | null>(null);
  const [outlet, setOutlet] = useState('success');
  const edges = edgesOf(document);
  const before = reachable(edges, [from], 'before');
  const next = new Set(edges.filter((edge) => edge.from === from).map((edge) => edge.to));
  const choices = document.tasks
    .map((task) => task.name)
    .filter((name) => name !== from && !before.has(name) && !next.has(name));
  const withOutlets = hasOutlets(findTask(document, from)?.task_type ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (to !== null) {
      onConnect(to, withOutlets ? (outlet as Outlet) : null);
      onClose();
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('connect.title', { name: from })} withCloseButton={false}>
      <form onSubmit={submit}>
        <Stack gap={16}>
          {withOutlets && (
            <SegmentedControl
              aria-label={t('connect.outlet')}
              data={[
                { value: 'success', label: t('connect.success') },
                { value: 'failed', label: t('connect.failed') },
              ]}
              value={outlet}
              onChange={setOutlet}
            />
          )}
          <Select
            label={t('connect.to')}
            data={choices}
            value={to}
            searchable
            limit={100}
            nothingFoundMessage={t('form.noTask')}
            data-autofocus
            onChange={setTo}
          />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {c('action.cancel')}
            </Button>
            <Button type="submit" disabled={to === null}>
              {t('connect.connect')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
