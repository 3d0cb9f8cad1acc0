import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '~/components/Confirm';
import { problemText } from '~/components/problemText';
import { toast } from '~/components/toasts';
import { act, actOnTask, type InstanceAction, type TaskAction, type TaskInstance } from '~/services/instances';

export interface Actions<A> {
  /** Does it, after asking where something is destroyed. */
  ask(action: A): void;
  isBusy: boolean;
  /** To be put anywhere in the page. */
  dialog: ReactNode;
}

const destroying = new Set<InstanceAction>(['STOP', 'RERUN']);

export function useInstanceActions(id: string): Actions<InstanceAction> {
  const { t } = useTranslation('instances');
  const { t: c } = useTranslation();
  const [asked, setAsked] = useState<'STOP' | 'RERUN' | null>(null);
  const [shown, setShown] = useState<'STOP' | 'RERUN'>('STOP');
  const run = useMutation({
    mutationFn: (action: InstanceAction) => act(id, action),
    onSuccess: (_, action) => toast('done', t(`accepted.${action}`, { id })),
    onError: (problem) => toast('failed', c('error.title'), problemText(problem, c)),
    onSettled: () => setAsked(null),
  });
  return {
    ask: (action) => {
      if (!destroying.has(action)) {
        run.mutate(action);
        return;
      }
      setShown(action as 'STOP' | 'RERUN');
      setAsked(action as 'STOP' | 'RERUN');
    },
    isBusy: run.isPending,
    dialog: (
      <Confirm
        opened={asked !== null}
        title={t(`confirm.${shown}.title`, { id })}
        confirm={t(`action.${shown}`)}
        isDestroying={shown === 'STOP'}
        isBusy={run.isPending}
        onConfirm={() => run.mutate(shown)}
        onClose={() => setAsked(null)}
      >
        {t(`confirm.${shown}.text`)}
      </Confirm>
    ),
  };
}

export function useTaskActions(task: TaskInstance | null): Actions<TaskAction> {
  const { t } = useTranslation('instances');
  const { t: c } = useTranslation();
  const [asked, setAsked] = useState<TaskAction | null>(null);
  const [shown, setShown] = useState<TaskAction>('KILL');
  const name = task?.name ?? '';
  const run = useMutation({
    mutationFn: (action: TaskAction) => actOnTask(task?.id ?? '', action),
    onSuccess: (_, action) => toast('done', t(`accepted.${action}`, { name })),
    onError: (problem) => toast('failed', c('error.title'), problemText(problem, c)),
    onSettled: () => setAsked(null),
  });
  return {
    ask: (action) => {
      setShown(action);
      setAsked(action);
    },
    isBusy: run.isPending,
    dialog: (
      <Confirm
        opened={asked !== null && task !== null}
        title={t(`confirm.${shown}.title`, { name })}
        confirm={t(`action.${shown}`)}
        isDestroying={shown === 'KILL'}
        isBusy={run.isPending}
        onConfirm={() => run.mutate(shown)}
        onClose={() => setAsked(null)}
      >
        {t(`confirm.${shown}.text`)}
      </Confirm>
    ),
  };
}
