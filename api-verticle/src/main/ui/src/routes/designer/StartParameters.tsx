import { ActionIcon, Button, Fieldset, Group, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { doubleNames } from './model/startForm';
import type { StartParameter } from './model/startForm';

interface StartParametersProps {
  params: readonly StartParameter[];
  onChange(params: readonly StartParameter[]): void;
}

/** The workflow's parameters with their defaults, and others for this start alone. */
export function StartParameters({ params, onChange }: StartParametersProps) {
  const { t } = useTranslation('designer');
  const doubles = doubleNames(params);
  const replace = (index: number, change: Partial<StartParameter>): void =>
    onChange(params.map((row, at) => (at === index ? { ...row, ...change } : row)));
  const remove = (index: number): void => onChange(params.filter((_row, at) => at !== index));

  return (
    <Fieldset
      legend={t('start.params')}
      variant="unstyled"
      styles={{ root: { border: 0, margin: 0, padding: 0 }, legend: { padding: 0, fontWeight: 600 } }}
    >
      <Stack gap={8} mt={4}>
        {params.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('start.noParams')}
          </Text>
        )}
        {params.map((row, index) => (
          <Group key={index} gap={8} wrap="nowrap" align="flex-start">
            <TextInput
              aria-label={t('param.name')}
              placeholder={t('param.name')}
              w={200}
              flex="none"
              value={row.name}
              readOnly={row.usual !== null}
              variant={row.usual !== null ? 'filled' : 'default'}
              error={row.usual === null && doubles.has(row.name.trim()) ? t('param.double') : undefined}
              onChange={(event) => replace(index, { name: event.currentTarget.value })}
            />
            <TextInput
              aria-label={t('start.valueOf', { name: row.name })}
              flex={1}
              value={row.value}
              placeholder={row.usual === null || row.usual === '' ? t('param.value') : row.usual}
              classNames={{ input: 'mono' }}
              onChange={(event) => replace(index, { value: event.currentTarget.value })}
            />
            {row.usual === null ? (
              <Tooltip label={t('param.remove')}>
                <ActionIcon size={34} aria-label={t('param.remove')} onClick={() => remove(index)}>
                  <IconTrash size={16} aria-hidden />
                </ActionIcon>
              </Tooltip>
            ) : (
              <Tooltip label={t('start.reset')}>
                <ActionIcon
                  size={34}
                  bg="transparent"
                  aria-label={t('start.reset')}
                  disabled={row.value === row.usual}
                  onClick={() => replace(index, { value: row.usual ?? '' })}
                >
                  <IconArrowBackUp size={16} aria-hidden />
                </ActionIcon>
              </Tooltip>
            )}
          </Group>
        ))}
        <Group>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => onChange([...params, { name: '', type: 'VARCHAR', usual: null, value: '' }])}
          >
            {t('start.addParam')}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
