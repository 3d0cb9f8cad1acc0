import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '~/components/Problem';
import { definitionQuery, startWorkflow } from '~/services/definitions';
import type { Definition } from '~/services/definitions';
import { newKey } from '~/services/http';
import { releaseWorkflow } from '~/services/projects';
import { doubleNames, startForm, startRequest } from './model/startForm';
import type { StartForm } from './model/startForm';
import { StartFields } from './StartFields';

export interface StartDialogProps {
  project: string;
  workflow: string;
  opened: boolean;
  onClose(): void;
  startNodes?: readonly string[];
  nodeScope?: StartForm['nodeScope'];
}

/** Asks how a workflow is to be started, starts it, and goes to its instance. */
export function StartDialog(props: StartDialogProps) {
  const { t } = useTranslation('designer');
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t('start.title', { workflow: props.workflow })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Loaded {...props} />
    </Modal>
  );
}

function Loaded(props: StartDialogProps) {
  const query = useQuery({ ...definitionQuery(props.project, props.workflow, null), staleTime: 0, gcTime: 0 });
  if (query.isError) {
    return <Problem problem={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.data === undefined || query.isFetching) {
    return (
      <Stack gap={16}>
        <Skeleton height={88} />
        <Skeleton height={56} />
        <Skeleton height={56} />
      </Stack>
    );
  }
  return <Start {...props} definition={query.data} />;
}

function Start({ definition, ...props }: StartDialogProps & { definition: Definition }) {
  const { t } = useTranslation('designer');
  const { t: c } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [form, setForm] = useState(() =>
    startForm(definition.document, props.startNodes ?? [], props.nodeScope ?? 'TASK_POST'),
  );
  // The same key while the dialog is open: a start whose answer was lost starts nothing twice.
  const key = useRef(newKey());
  // Enter starts. The dialog gives the focus to what is marked, and had nothing to give it to while it was loading.
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  const isOffline = definition.releaseState === 'OFFLINE';
  const hasDoubles = doubleNames(form.params).size > 0;

  const start = useMutation({
    mutationFn: async () => {
      if (isOffline) {
        await releaseWorkflow(props.project, props.workflow, 'ONLINE');
      }
      return startWorkflow(props.project, props.workflow, startRequest(form), key.current);
    },
    onSuccess: async ({ id }) => {
      props.onClose();
      void client.invalidateQueries({ queryKey: ['workflows', props.project] });
      void client.invalidateQueries({ queryKey: ['definition', props.project, props.workflow] });
      await navigate({ to: '/instances/$id', params: { id } });
    },
  });
  const change = (next: StartForm): void => {
    key.current = newKey();
    setForm(next);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!hasDoubles && !start.isPending) {
      start.mutate();
    }
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap={20}>
        <StartFields form={form} document={definition.document} onChange={change} />
        {isOffline && (
          <Text size="sm" c="dimmed">
            {t('start.offline')}
          </Text>
        )}
        {start.isError && <Problem problem={start.error} />}
        <Group justify="space-between" gap={8}>
          <Text size="sm" c="dimmed">
            {t('start.version', { version: definition.version })}
          </Text>
          <Group gap={8}>
            <Button variant="default" onClick={props.onClose}>
              {c('action.cancel')}
            </Button>
            <Button
              type="submit"
              ref={button}
              data-autofocus
              loading={start.isPending}
              disabled={hasDoubles}
              leftSection={<IconPlayerPlay size={16} aria-hidden />}
            >
              {t(isOffline ? 'start.onlineAndStart' : 'start.start')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
