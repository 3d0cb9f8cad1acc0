import { Button, Group, UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { validateYaml } from '~/services/definitions';
import type { Fault } from '~/services/http';
import type { CodeMark } from './editor/CodeEditor';
import { LazyEditor } from './editor/LazyEditor';
import classes from './designer.module.css';
import { nameInYaml } from './model/yamlText';

export interface YamlDraft {
  /** What the design says as YAML. */
  readonly base: string;
  readonly text: string;
}

interface YamlViewProps {
  project: string;
  workflow: string;
  draft: YamlDraft;
  /** What the server said when the text was applied last. */
  faults: readonly Fault[];
  isApplying: boolean;
  isReadOnly: boolean;
  onChange(text: string): void;
  onApply(): void;
  onDiscard(): void;
}

const PAUSE_MILLIS = 500;

/** The same workflow as a file. The server checks the text whenever the typing pauses. */
export function YamlView(props: YamlViewProps) {
  const { t } = useTranslation('designer');
  const { text, base } = props.draft;
  const isChanged = text !== base;
  const faults = useChecks(props);
  const [caret, setCaret] = useState<{ line: number; column: number } | null>(null);
  const marks = faults.map(markOf);

  return (
    <div className={classes.yaml}>
      {!props.isReadOnly && (
        <div className={classes.yamlBar}>
          <span className="soft">{t(isChanged ? 'yaml.changed' : 'yaml.same')}</span>
          <Group gap={8}>
            <Button variant="default" size="xs" disabled={!isChanged} onClick={props.onDiscard}>
              {t('yaml.discard')}
            </Button>
            <Button size="xs" disabled={!isChanged} loading={props.isApplying} onClick={props.onApply}>
              {t('yaml.apply')}
            </Button>
          </Group>
        </div>
      )}
      <div className={classes.yamlText}>
        <LazyEditor
          value={text}
          language="yaml"
          label={t('yaml.label')}
          maxHeight="fill"
          marks={useStable(marks)}
          caret={caret}
          readOnly={props.isReadOnly}
          onChange={props.onChange}
        />
      </div>
      {faults.length > 0 && (
        <section className={classes.faults} aria-label={t('faultList')} aria-live="polite">
          <ul className={classes.faultsList} style={{ paddingTop: 8 }}>
            {faults.map((fault, index) => (
              <li key={index}>
                <UnstyledButton className={classes.fault} onClick={() => setCaret(markOf(fault))}>
                  <span className={classes.place}>
                    {t('yaml.place', { line: fault.line ?? 1, column: fault.column ?? 1 })}
                  </span>
                  <span>{fault.path === '' ? fault.message : `${fault.path}: ${fault.message}`}</span>
                </UnstyledButton>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function markOf({ line, column, message }: Fault): CodeMark {
  return { line: line ?? 1, column: column ?? 1, message };
}

/** The same array as long as it says the same, so that the editor draws its marks once. */
function useStable(marks: readonly CodeMark[]): readonly CodeMark[] {
  const key = JSON.stringify(marks);
  const [kept, setKept] = useState({ key, marks });
  if (kept.key !== key) {
    setKept({ key, marks });
    return marks;
  }
  return kept.marks;
}

function useChecks({ project, workflow, draft, faults: told, isReadOnly }: YamlViewProps): readonly Fault[] {
  const [found, setFound] = useState<{ text: string; faults: readonly Fault[] } | null>(null);
  const { text, base } = draft;
  useEffect(() => {
    if (isReadOnly || text === base) {
      return;
    }
    const control = new AbortController();
    const timer = setTimeout(() => {
      validateYaml(project, workflow || (nameInYaml(text) ?? 'new'), text, control.signal).then(
        ({ errors }) => setFound({ text, faults: errors }),
        (failure: unknown) => {
          if (!control.signal.aborted) console.warn('the text could not be checked', failure);
        },
      );
    }, PAUSE_MILLIS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [base, isReadOnly, project, text, workflow]);
  return text === base ? [] : (found?.faults ?? told);
}
