import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconExternalLink, IconFileText, IconPlayerStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '~/components/links';
import type { TaskInstance, WorkflowInstance } from '~/services/instances';
import { useTaskActions } from '../instances/useInstanceActions';
import type { NodeScope } from './InstancePage';
import { canForce, canKill, hasLog } from './taskFacts';
import classes from './TaskPanel.module.css';

export interface TaskButtonsProps {
  task: TaskInstance;
  instance: WorkflowInstance;
  onRun(node: string, scope: NodeScope): void;
}

export function TaskButtons({ task, instance, onRun }: TaskButtonsProps) {
  const { t } = useTranslation('instances');
  const actions = useTaskActions(task);
  return (
    <div className={classes.buttons}>
      {hasLog(task) && (
        <ButtonLink
          to="/tasks/$id/log"
          params={{ id: task.id }}
          size="xs"
          variant="default"
          leftSection={<IconFileText size={14} aria-hidden />}
        >
          {t('action.log')}
        </ButtonLink>
      )}
      {task.child !== null && (
        <ButtonLink
          to="/instances/$id"
          params={{ id: task.child }}
          size="xs"
          variant="default"
          leftSection={<IconExternalLink size={14} aria-hidden />}
        >
          {t('task.child')}
        </ButtonLink>
      )}
      {canKill(task) && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerStop size={14} aria-hidden style={{ color: 'var(--state-failed)' }} />}
          disabled={actions.isBusy}
          onClick={() => actions.ask('KILL')}
        >
          {t('action.KILL')}
        </Button>
      )}
      {canForce(task, instance) && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconCheck size={14} aria-hidden />}
          disabled={actions.isBusy}
          onClick={() => actions.ask('FORCE_SUCCESS')}
        >
          {t('action.FORCE_SUCCESS')}
        </Button>
      )}
      <Menu position="bottom-start">
        <Menu.Target>
          <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
            {t('action.runFrom')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onRun(task.name, 'TASK_POST')}>{t('action.runFrom')}</Menu.Item>
          <Menu.Item onClick={() => onRun(task.name, 'TASK_ONLY')}>{t('action.runOnly')}</Menu.Item>
          <Menu.Item onClick={() => onRun(task.name, 'TASK_PRE')}>{t('action.runUpTo')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {actions.dialog}
    </div>
  );
}
