import { useCallback, useEffect, useState } from 'react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '~/components/toasts';
import { edgesOf } from '~/workflow-diagram/edges';
import { layoutInWorker } from '~/workflow-diagram/layoutInWorker';
import { placeMissing } from '~/workflow-diagram/placeMissing';
import { isComplete } from '~/workflow-diagram/positions';
import type { CanvasControl } from '~/workflow-diagram/useCanvasControl';
import { gridOf } from '~/workflow-diagram/useAutoLayout';
import type { DesignState } from './model/design';
import type { DesignActions } from './useDesign';

/** Gives tasks without a place one, and arranges everything when asked. */
export function useArranging(
  state: DesignState,
  actions: DesignActions,
  control: RefObject<CanvasControl | null>,
): { arrange: () => void; isPlaced: boolean } {
  const { t } = useTranslation('designer');
  const { document, positions } = state.history.present;
  const [isBusy, setBusy] = useState(false);
  const isPlaced = isComplete(document, positions);

  const run = useCallback(
    async (isFirst: boolean) => {
      const names = document.tasks.map((task) => task.name);
      setBusy(true);
      try {
        actions.arrange(await layoutInWorker(names, edgesOf(document)), isFirst);
      } catch (failure) {
        toast('failed', t('layoutFailed'), failure instanceof Error ? failure.message : String(failure));
        actions.arrange({ ...gridOf(names), ...positions }, isFirst);
      } finally {
        setBusy(false);
      }
      control.current?.fit();
    },
    [actions, control, document, positions, t],
  );

  useEffect(() => {
    if (isPlaced || isBusy) {
      return;
    }
    const names = document.tasks.map((task) => task.name);
    if (names.some((name) => positions[name] !== undefined)) {
      actions.arrange(placeMissing(names, edgesOf(document), positions), true);
    } else {
      void run(true);
    }
  }, [actions, document, isBusy, isPlaced, positions, run]);

  return { arrange: () => void (isBusy || document.tasks.length === 0 || run(false)), isPlaced };
}
