import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '~/components/problemText';
import { toast } from '~/components/toasts';
import { validateYaml } from '~/services/definitions';
import type { Fault } from '~/services/http';
import type { WorkflowDocument } from '~/workflow-diagram/document';
import { edgesOf } from '~/workflow-diagram/edges';
import { placeMissing } from '~/workflow-diagram/placeMissing';
import type { TaskTypeInfo } from '~/services/taskTypes';
import type { DesignState } from './model/design';
import { withSpellings } from './model/newTask';
import { fromYaml, nameInYaml, toYaml } from './model/yamlText';
import type { DesignActions } from './useDesign';
import type { YamlDraft } from './YamlView';

interface YamlOptions {
  project: string;
  isNew: boolean;
  isShown: boolean;
  types: readonly TaskTypeInfo[];
  actions: DesignActions;
  newest: () => DesignState;
  document: WorkflowDocument;
}

/** The text of the YAML view: what the design says until somebody types, and back into the design when applied. */
export function useYaml({ project, isNew, isShown, types, actions, newest, document }: YamlOptions) {
  const { t } = useTranslation('designer');
  const { t: c } = useTranslation();
  const base = useMemo(() => (isShown ? toYaml(document) : ''), [document, isShown]);
  const [typed, setTyped] = useState<string | null>(null);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [isApplying, setApplying] = useState(false);
  const text = typed ?? base;
  const draft: YamlDraft = { base, text };
  const isChanged = isShown && text !== base;

  /** Whether the design says now what the text says. */
  const apply = useCallback(async (): Promise<boolean> => {
    if (!isChanged) {
      setTyped(null);
      return true;
    }
    setApplying(true);
    try {
      const own = newest().history.present.document.workflow.name;
      const name = isNew ? (nameInYaml(text) ?? (own || 'new')) : own;
      const found = await validateYaml(project, name, text);
      setFaults(found.errors);
      if (!found.valid) {
        toast('failed', t('yaml.refused', { count: found.errors.length }));
        return false;
      }
      const next = withSpellings(found.document ?? fromYaml(text), types);
      const names = next.tasks.map((task) => task.name);
      const positions = placeMissing(names, edgesOf(next), newest().history.present.positions);
      const isFresh = names.every((task) => newest().history.present.positions[task] === undefined);
      actions.replace({ document: next, positions: isFresh ? {} : positions });
      actions.faults([]);
      setTyped(null);
      return true;
    } catch (problem) {
      toast('failed', t('yaml.failed'), problemText(problem, c));
      return false;
    } finally {
      setApplying(false);
    }
  }, [actions, c, isChanged, isNew, newest, project, t, text, types]);

  return { draft, faults, isApplying, isChanged, apply, change: setTyped, discard: () => setTyped(null) };
}
