import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '~/components/shell/shortcuts';

const keys = {
  search: '/',
  next: 'n',
  previous: 'N',
  jump: ':',
  start: 'g g',
  end: 'G',
  pause: 'f',
  wrap: 'w',
} as const;

type Action = keyof typeof keys;

/** The keys of `less`, which many know. */
export function useLogKeys(isOn: boolean, actions: Record<Action, () => void>): void {
  const { t } = useTranslation('log');
  const newest = useRef(actions);
  newest.current = actions;
  useShortcuts(
    useMemo(
      () =>
        isOn
          ? (Object.keys(keys) as Action[]).map((action) => ({
              keys: keys[action],
              text: t(`keys.${action}`),
              run: () => newest.current[action](),
            }))
          : [],
      [isOn, t],
    ),
  );
}
