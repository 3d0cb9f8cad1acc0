import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '~/components/Section';
import { definitionQuery } from '~/services/definitions';
import { readRows } from '../designer/model/parameterRows';
import type { ViewProps } from './InstancePage';
import { Values } from './Values';
import classes from './InstancePage.module.css';

export function ParametersView({ state, onOpenTask }: ViewProps) {
  const { t } = useTranslation('instances');
  const { instance, tasks } = state;
  const { data: version } = useQuery(definitionQuery(instance.project, instance.workflow, instance.version));
  const defined = useMemo(
    () =>
      Object.fromEntries(
        readRows(version?.document.workflow.param, 'IN', false)
          .filter(({ prop }) => !(prop in instance.params))
          .map(({ prop, value }) => [prop, value]),
      ),
    [version, instance.params],
  );
  const handing = [...tasks.values()].filter((task) => Object.keys(task.outputs).length > 0);
  return (
    <div className={classes.scroll} tabIndex={0} role="group" aria-label={t('view.parameters')}>
      <div className={classes.padded}>
        <Section title={t('parameters.start')}>
          <Values values={instance.params} none={t('parameters.noParams')} />
        </Section>
        {Object.keys(defined).length > 0 && (
          <Section title={t('parameters.defined', { version: instance.version })}>
            <Values values={defined} none="" />
          </Section>
        )}
        <Section title={t('parameters.outputs')}>
          <Values values={instance.outputs} none={t('parameters.noOutputs')} />
        </Section>
        {handing.length > 0 && (
          <Section title={t('parameters.perTask')}>
            <table className={classes.values}>
              <thead>
                <tr>
                  <th>{t('parameters.task')}</th>
                  <th>{t('parameters.name')}</th>
                  <th style={{ width: '50%' }}>{t('parameters.value')}</th>
                </tr>
              </thead>
              <tbody>
                {handing.flatMap((task) =>
                  Object.entries(task.outputs).map(([name, value]) => (
                    <tr key={`${task.id} ${name}`}>
                      <td>
                        <button type="button" className={classes.rowButton} onClick={() => onOpenTask(task.name)}>
                          {task.name}
                        </button>
                      </td>
                      <td className="mono">{name}</td>
                      <td className="mono">{value}</td>
                    </tr>
                  )),
                )}
              </tbody>
            </table>
          </Section>
        )}
      </div>
    </div>
  );
}
