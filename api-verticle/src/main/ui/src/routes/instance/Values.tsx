import { useTranslation } from 'react-i18next';
import classes from './InstancePage.module.css';

/** Names and values, in the order of their names. */
export function Values({ values, none }: { values: Record<string, string>; none: string }) {
  const { t } = useTranslation('instances');
  const names = Object.keys(values).sort();
  if (names.length === 0) {
    return (
      <p className="soft" style={{ margin: 0, padding: '12px 16px' }}>
        {none}
      </p>
    );
  }
  return (
    <table className={classes.values}>
      <thead className="visually-hidden">
        <tr>
          <th>{t('parameters.name')}</th>
          <th>{t('parameters.value')}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <td className="mono soft" style={{ width: '36%' }}>
              {name}
            </td>
            <td className="mono">{values[name]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
