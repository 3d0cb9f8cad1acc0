import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconPencil } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { possibleActions, type WorkflowInstance } from '~/services/instances';
import { actionIcons } from './actionIcons';
import { useInstanceActions } from './useInstanceActions';

export function InstanceMenu({ instance }: { instance: WorkflowInstance }) {
  const { t } = useTranslation('instances');
  const navigate = useNavigate();
  const actions = useInstanceActions(instance.id);
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label={t('action.menu', { id: instance.id })}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {possibleActions(instance.state).map((action) => {
            const Sign = actionIcons[action];
            return (
              <Menu.Item key={action} leftSection={<Sign size={16} aria-hidden />} onClick={() => actions.ask(action)}>
                {t(`action.${action}`)}
              </Menu.Item>
            );
          })}
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconPencil size={16} aria-hidden />}
            onClick={() =>
              void navigate({
                to: '/projects/$project/workflows/$workflow',
                params: { project: instance.project, workflow: instance.workflow },
              })
            }
          >
            {t('action.definition')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {actions.dialog}
    </>
  );
}
