import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskTypeCatalog } from '~/services/taskTypes';
import { FormContext } from '../forms/formContext';
import type { FormContextValue } from '../forms/formContext';
import { groupsOf } from '../model/schemaFields';
import type { DesignActions } from '../useDesign';
import { GroupedFields } from './GroupedFields';
import { PanelFrame } from './PanelFrame';

/** Keys that are set elsewhere on the page, or that belong to the address. */
const ELSEWHERE = new Set(['name', 'project', 'release_state']);

interface SettingsPanelProps {
  catalog: TaskTypeCatalog;
  form: FormContextValue;
  actions: DesignActions;
  shownField: string | null;
  onClose(): void;
}

/** What holds for the whole workflow: parameters, execution type, timeout, schedule... */
export function SettingsPanel({ catalog, form, actions, shownField, onClose }: SettingsPanelProps) {
  const { t, i18n } = useTranslation('designer');
  const groups = useMemo(
    () => groupsOf(catalog.workflow, i18n.language, ELSEWHERE),
    [catalog, i18n.language],
  );
  return (
    <FormContext.Provider value={form}>
      <PanelFrame label={t('settings')} onClose={onClose}>
        <GroupedFields
          groups={groups}
          values={form.document.workflow}
          open={groups.slice(0, 2).map((group) => group.name)}
          shownField={shownField}
          onChange={actions.setHeadField}
        />
      </PanelFrame>
    </FormContext.Provider>
  );
}
