import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import table from '~/components/Table.module.css';
import { Time } from '~/components/Time';
import type { Project } from '~/services/projects';

export function ProjectsTable({ projects }: { projects: Project[] }) {
  const { t } = useTranslation('projects');
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th>{t('name')}</th>
          <th>{t('createdBy')}</th>
          <th className={table.right}>{t('created')}</th>
        </tr>
      </thead>
      <tbody>
        {projects.map((project) => (
          <tr key={project.id}>
            <td>
              <Link to="/projects/$project" params={{ project: project.name }} className={table.name}>
                {project.name}
              </Link>
              {project.description && <div className={`${table.under} cut`}>{project.description}</div>}
            </td>
            <td>{project.createdBy}</td>
            <td className={table.right}>
              <Time iso={project.createdTime} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
