import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '~/components/Problem';
import { toast } from '~/components/toasts';
import { createProject } from '~/services/projects';

export function NewProjectDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useTranslation('projects');
  return (
    <Modal opened={opened} onClose={onClose} title={t('new')} withCloseButton={false}>
      <NewProject onClose={onClose} />
    </Modal>
  );
}

function NewProject({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('projects');
  const { t: c } = useTranslation();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [isMissing, setMissing] = useState(false);
  const client = useQueryClient();
  const navigate = useNavigate();
  const create = useMutation({
    mutationFn: () => createProject(name.trim(), description.trim()),
    onSuccess: async (project) => {
      onClose();
      toast('done', t('done', { name: project.name }));
      void client.invalidateQueries({ queryKey: ['projects'] });
      await navigate({ to: '/projects/$project', params: { project: project.name } });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setMissing(name.trim() === '');
    if (name.trim() !== '') create.mutate();
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap={16}>
        <TextInput
          label={t('name')}
          description={t('nameHint')}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={isMissing && name.trim() === '' ? t('nameMissing') : undefined}
          data-autofocus
        />
        <Textarea
          label={t('description')}
          description={t('descriptionHint')}
          maxLength={1000}
          autosize
          minRows={3}
          maxRows={8}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        {create.isError && <Problem problem={create.error} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {c('action.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {c('action.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
