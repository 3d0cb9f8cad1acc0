import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '~/components/shell/shortcuts';
import { instanceViews } from '~/routes/search';
import { possibleActions, type TaskInstance, type WorkflowInstance } from '~/services/instances';
import { useInstanceActions } from '../instances/useInstanceActions';

const route = getRouteApi('/shell/instances/$id');

/** The keys of the page; gives the dialog that a key may open. */
export function useInstanceKeys(instance: WorkflowInstance, task: TaskInstance | undefined): ReactNode {
  const { t } = useTranslation('instances');
  const navigate = useNavigate();
  const navigateHere = route.useNavigate();
  const actions = useInstanceActions(instance.id);
  const canStop = possibleActions(instance.state).includes('STOP');
  const taskId = task?.id;
  const shortcuts = useMemo(
    () => [
      ...(['graph', ...instanceViews] as const).map((view, index) => ({
        keys: String(index + 1),
        text: t(`keys.${view}`),
        run: () =>
          void navigateHere({
            search: (before) => ({ ...before, view: view === 'graph' ? undefined : view }),
            replace: true,
          }),
      })),
      {
        keys: 'l',
        text: t('keys.log'),
        run: () => taskId && void navigate({ to: '/tasks/$id/log', params: { id: taskId } }),
      },
      { keys: 'x', text: t('keys.stop'), run: () => canStop && actions.ask('STOP') },
      {
        keys: 'Escape',
        text: t('keys.close'),
        run: () => void navigateHere({ search: (before) => ({ ...before, task: undefined }), replace: true }),
      },
    ],
    // The dialog's state is no part of what the keys do.
    [t, navigate, navigateHere, taskId, canStop],
  );
  useShortcuts(shortcuts);
  return actions.dialog;
}
