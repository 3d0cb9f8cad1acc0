import { ActionIcon, Button, Group, SegmentedControl, Switch, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconDeviceFloppy,
  IconHistory,
  IconPlayerPlay,
  IconSettings,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Definition } from '~/services/definitions';
import type { DesignerSearch } from '../search';
import classes from './designer.module.css';
import { isChanged } from './model/design';
import type { DesignerModel } from './useDesigner';

interface DesignerActionsProps {
  designer: DesignerModel;
  definition: Definition | null;
  search: DesignerSearch;
  onSearch(change: DesignerSearch): void;
}

/** What can be done with the whole workflow. */
export function DesignerActions({ designer, definition, search, onSearch }: DesignerActionsProps) {
  const { t } = useTranslation('designer');
  const { state, actions, isReadOnly, saving, yaml } = designer;
  const isYaml = search.view === 'yaml';
  const tool = (label: string, Sign: Icon, isDisabled: boolean, onClick: () => void, isOn = false) => (
    <Tooltip label={label}>
      <ActionIcon
        className={classes.tool}
        size={32}
        aria-label={label}
        disabled={isDisabled}
        variant={isOn ? 'light' : 'subtle'}
        color={isOn ? 'porpoise' : 'gray'}
        aria-pressed={isOn}
        onClick={onClick}
      >
        <Sign size={18} stroke={1.75} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
  const show = (view: 'versions' | 'settings') => () => {
    if (search.view !== view) actions.select({ tasks: new Set(), edges: new Set() });
    onSearch({ view: search.view === view ? undefined : view });
  };
  const showView = (view: string): void => {
    if (view === 'yaml') onSearch({ view: 'yaml' });
    else void yaml.apply().then((isApplied) => isApplied && onSearch({ view: undefined }));
  };

  return (
    <>
      {!isReadOnly && (
        <Group gap={2}>
          {tool(t('undo'), IconArrowBackUp, state.history.past.length === 0, actions.undo)}
          {tool(t('redo'), IconArrowForwardUp, state.history.future.length === 0, actions.redo)}
        </Group>
      )}
      <SegmentedControl
        size="xs"
        aria-label={t('view.label')}
        data={[
          { value: 'graph', label: t('view.graph') },
          { value: 'yaml', label: t('view.yaml') },
        ]}
        value={isYaml ? 'yaml' : 'graph'}
        onChange={showView}
      />
      <Group gap={2}>
        {tool(t('settings'), IconSettings, isYaml, show('settings'), search.view === 'settings')}
        {definition !== null &&
          tool(t('versions.title'), IconHistory, isYaml, show('versions'), search.view === 'versions')}
      </Group>
      {definition !== null && (
        <Switch
          label={t(definition.releaseState === 'ONLINE' ? 'release.online' : 'release.offline')}
          aria-label={t('release.switch')}
          checked={definition.releaseState === 'ONLINE'}
          onChange={(event) => void designer.setRelease(event.currentTarget.checked)}
        />
      )}
      {!isReadOnly && (
        <Button
          variant="default"
          leftSection={<IconDeviceFloppy size={16} aria-hidden />}
          loading={saving.isSaving}
          disabled={definition !== null && !isChanged(state) && !yaml.isChanged}
          onClick={() => void designer.save()}
        >
          {t('save.save')}
        </Button>
      )}
      <Button
        leftSection={<IconPlayerPlay size={16} aria-hidden />}
        disabled={designer.document.tasks.length === 0}
        onClick={() => void designer.run([], 'TASK_POST')}
      >
        {t('run')}
      </Button>
    </>
  );
}
