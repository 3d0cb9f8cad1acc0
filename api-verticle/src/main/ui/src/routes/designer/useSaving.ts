import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '~/components/problemText';
import { toast } from '~/components/toasts';
import { definitionQuery, faultsOf, saveDefinition, saveLayout, validateDocument } from '~/services/definitions';
import type { Saved } from '~/services/definitions';
import type { Fault } from '~/services/http';
import type { ReleaseState } from '~/services/projects';
import { placeFaults } from '~/workflow-diagram/faults';
import { ofTasks } from '~/workflow-diagram/selection';
import type { Design, DesignState } from './model/design';
import type { DesignActions } from './useDesign';

const ASK_AGAIN_MILLIS = 700;

/**
 * Saves the workflow and where its tasks stand. A refusal marks what is wrong; from then on every change asks the
 * server again, so that marks go as soon as the fault is mended.
 */
export function useSaving(
  project: string,
  releaseState: ReleaseState,
  state: DesignState,
  actions: DesignActions,
  newest: () => DesignState,
) {
  const { t } = useTranslation('designer');
  const { t: c } = useTranslation();
  const client = useQueryClient();
  const [isSaving, setSaving] = useState(false);
  const [warnings, setWarnings] = useState<readonly Fault[]>([]);
  const isFaulty = state.faults.length > 0;
  const { document } = state.history.present;

  const mark = useCallback(
    (design: Design, faults: readonly Fault[]) => actions.faults(placeFaults(design.document, faults)),
    [actions],
  );

  const asked = useRef(document);
  useEffect(() => {
    if (!isFaulty || asked.current === document) {
      return;
    }
    const timer = setTimeout(() => {
      asked.current = document;
      validateDocument(project, document).then(
        (found) => newest().history.present.document === document && mark(newest().history.present, found.errors),
        // The marks stay; the next save says what is wrong with the connection.
        (failure: unknown) => console.warn('the workflow could not be checked again', failure),
      );
    }, ASK_AGAIN_MILLIS);
    return () => clearTimeout(timer);
  }, [document, isFaulty, mark, newest, project]);

  const save = useCallback(async (): Promise<Saved | null> => {
    const design = newest().history.present;
    const { name } = design.document.workflow;
    setSaving(true);
    try {
      const saved = await saveDefinition(project, design.document, releaseState);
      await saveLayout(project, name, design.positions);
      actions.saved(design);
      actions.faults([]);
      setWarnings(saved.warnings);
      toast('done', t(saved.change === 'UNCHANGED' ? 'save.same' : 'save.done', { version: saved.version }));
      client.setQueryData(definitionQuery(project, name, null).queryKey, (old) =>
        old === undefined
          ? old
          : { ...old, version: saved.version, newestVersion: saved.version, document: design.document },
      );
      client.setQueryData(['layout', project, name], design.positions);
      void client.invalidateQueries({ queryKey: ['workflows', project] });
      void client.invalidateQueries({ queryKey: ['versions', project, name] });
      return saved;
    } catch (problem) {
      const faults = faultsOf(problem);
      if (faults === null) {
        toast('failed', t('save.failed'), problemText(problem, c));
      } else {
        asked.current = design.document;
        mark(design, faults);
        const first = placeFaults(design.document, faults).find((found) => found.task !== null)?.task;
        if (first != null && !newest().selection.tasks.has(first)) actions.select(ofTasks([first]));
      }
      return null;
    } finally {
      setSaving(false);
    }
  }, [actions, c, client, mark, newest, project, releaseState, t]);

  return { save, isSaving, warnings, clearWarnings: () => setWarnings([]) };
}
