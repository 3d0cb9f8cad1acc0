import { useState } from 'react';
import { useForm } from '../forms/formContext';
import { SchemaFields } from '../forms/SchemaFields';
import type { FieldGroup } from '../model/schemaFields';
import { Section } from './Section';

interface GroupedFieldsProps {
  groups: readonly FieldGroup[];
  values: Readonly<Record<string, unknown>>;
  /** Sections that are open at first. */
  open: readonly string[];
  /** The section of this field is opened. */
  shownField: string | null;
  onChange(key: string, value: unknown): void;
}

/** The sections of a schema. Sections with faults open by themselves. */
export function GroupedFields({ groups, values, open, shownField, onChange }: GroupedFieldsProps) {
  const { task, faults } = useForm();
  const [toggled, setToggled] = useState<Readonly<Record<string, boolean>>>({});
  const mine = faults.filter((found) => found.task === (task?.name ?? null));
  return groups.map((group) => {
    const keys = new Set(group.fields.map((field) => field.key));
    const faulty = mine.filter((found) => found.field !== null && keys.has(found.field)).length;
    const isWanted = open.includes(group.name) || faulty > 0 || (shownField !== null && keys.has(shownField));
    const isOpen = toggled[group.name] ?? isWanted;
    return (
      <Section
        key={group.name}
        title={group.title}
        set={[...keys].filter((key) => values[key] !== undefined).length}
        faults={faulty}
        isOpen={isOpen}
        onToggle={() => setToggled({ ...toggled, [group.name]: !isOpen })}
      >
        <SchemaFields fields={group.fields} values={values} onChange={onChange} />
      </Section>
    );
  });
}
