import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '~/components/links';
import { possibleActions, type WorkflowInstance } from '~/services/instances';
import { actionIcons } from '../instances/actionIcons';
import { useInstanceActions } from '../instances/useInstanceActions';

export function InstanceButtons({ instance }: { instance: WorkflowInstance }) {
  const { t } = useTranslation('instances');
  const actions = useInstanceActions(instance.id);
  return (
    <>
      <ButtonLink
        to="/projects/$project/workflows/$workflow"
        params={{ project: instance.project, workflow: instance.workflow }}
        search={{ version: instance.version }}
        variant="subtle"
        color="gray"
        leftSection={<IconPencil size={16} aria-hidden />}
      >
        {t('action.definition')}
      </ButtonLink>
      {possibleActions(instance.state).map((action) => {
        const Sign = actionIcons[action];
        return (
          <Button
            key={action}
            variant="default"
            leftSection={
              <Sign size={16} aria-hidden style={action === 'STOP' ? { color: 'var(--state-failed)' } : undefined} />
            }
            disabled={actions.isBusy}
            onClick={() => actions.ask(action)}
          >
            {t(`action.${action}`)}
          </Button>
        );
      })}
      {actions.dialog}
    </>
  );
}
