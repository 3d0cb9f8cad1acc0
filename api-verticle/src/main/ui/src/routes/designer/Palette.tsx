import { ScrollArea, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { KeyboardEvent, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { textOf } from '~/services/formSchema';
import type { TaskTypeCatalog, TaskTypeInfo } from '~/services/taskTypes';
import { typeIcon } from '~/workflow-diagram/typeIcons';
import classes from './designer.module.css';

/** The kind of data that a drag from the palette carries. */
export const DRAGGED_TYPE = 'application/x-porpoise-task-type';

interface PaletteProps {
  catalog: TaskTypeCatalog;
  search: Ref<HTMLInputElement>;
  onAdd(type: TaskTypeInfo): void;
}

/** All task types: drag one into the diagram, or press it to add it there. */
export function Palette({ catalog, search, onAdd }: PaletteProps) {
  const { t, i18n } = useTranslation('designer');
  const [wanted, setWanted] = useState('');
  const groups = useMemo(() => grouped(catalog, wanted, i18n.language), [catalog, wanted, i18n.language]);
  const [firstGroup] = groups;
  const first = firstGroup?.types[0];

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && wanted !== '' && first !== undefined) {
      event.preventDefault();
      onAdd(first.type);
      setWanted('');
    }
    if (event.key === 'Escape') {
      setWanted('');
    }
  };

  return (
    <nav className={classes.palette} aria-label={t('palette.label')}>
      <div className={classes.paletteSearch}>
        <TextInput
          ref={search}
          size="xs"
          aria-label={t('palette.search')}
          placeholder={t('palette.search')}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <ScrollArea className={classes.paletteList} type="auto" scrollbarSize={6}>
        {groups.map((group) => (
          <section key={group.name} aria-label={group.title}>
            <h2 className={classes.paletteTitle}>{group.title}</h2>
            {group.types.map(({ type, title, description }) => (
              <TypeButton key={type.name} type={type} title={title} description={description} onAdd={onAdd} />
            ))}
          </section>
        ))}
        {groups.length === 0 && (
          <Text size="sm" c="dimmed" p={12}>
            {t('palette.nothing', { text: wanted })}
          </Text>
        )}
      </ScrollArea>
      <Text className={classes.paletteHint}>{t('palette.hint')}</Text>
    </nav>
  );
}

interface TypeButtonProps {
  type: TaskTypeInfo;
  title: string;
  description: string;
  onAdd(type: TaskTypeInfo): void;
}

function TypeButton({ type, title, description, onAdd }: TypeButtonProps) {
  const Sign = typeIcon(type.icon || type.name);
  return (
    <UnstyledButton
      className={classes.typeButton}
      draggable
      title={description}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED_TYPE, type.name);
        event.dataTransfer.effectAllowed = 'copy';
      }}
      onClick={() => onAdd(type)}
    >
      <span className={classes.typeIcon}>
        <Sign size={18} stroke={1.75} aria-hidden />
      </span>
      <span className="cut">{title}</span>
    </UnstyledButton>
  );
}

interface ShownType {
  readonly type: TaskTypeInfo;
  readonly title: string;
  readonly description: string;
}

function grouped(catalog: TaskTypeCatalog, wanted: string, language: string) {
  const text = wanted.trim().toLowerCase();
  const shown = catalog.types.flatMap((type): ShownType[] => {
    const { title = type.title, description = '' } = textOf(type, language);
    const all = [title, description, type.name, type.spelling, ...type.aliases].join('\n').toLowerCase();
    return all.includes(text) ? [{ type, title, description }] : [];
  });
  return catalog.categories
    .map((category) => ({
      name: category.name,
      title: textOf(category, language).title ?? category.name,
      types: shown.filter(({ type }) => type.category === category.name),
    }))
    .filter((group) => group.types.length > 0);
}
