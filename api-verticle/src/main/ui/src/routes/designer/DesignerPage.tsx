import { Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '~/components/Page';
import { Problem } from '~/components/Problem';
import { definitionQuery, layoutQuery } from '~/services/definitions';
import { taskTypesQuery } from '~/services/taskTypes';
import { emptyDocument } from '~/workflow-diagram/document';
import { Designer } from './Designer';
import type { DesignerSearch } from '../search';

const newRoute = getRouteApi('/shell/projects/$project/new-workflow');
const route = getRouteApi('/shell/projects/$project/workflows/$workflow');
const NO_SEARCH: DesignerSearch = {};

/** A workflow that does not exist yet: an empty page to draw on. */
export function NewWorkflowPage() {
  const { t } = useTranslation('designer');
  const { project } = newRoute.useParams();
  const navigate = newRoute.useNavigate();
  const types = useQuery(taskTypesQuery);
  const [search, setSearch] = useState(NO_SEARCH);
  if (types.data === undefined) {
    return (
      <Waiting title={t('new')} project={project}>
        {types.isError && <Problem problem={types.error} onRetry={() => void types.refetch()} />}
      </Waiting>
    );
  }
  return (
    <Designer
      project={project}
      definition={null}
      initial={{ document: emptyDocument(''), positions: {} }}
      catalog={types.data}
      search={search}
      onSearch={(change) => setSearch({ ...search, ...change })}
      onCreated={(workflow, task) =>
        navigate({
          to: '/projects/$project/workflows/$workflow',
          params: { project, workflow },
          search: task === null ? {} : { task },
          replace: true,
        })
      }
    />
  );
}

export function DesignerPage() {
  const { project, workflow } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const [generation, setGeneration] = useState(0);
  const version = search.version ?? null;
  // Fresh whenever the page is opened; afterwards the page itself knows what it has changed.
  const definition = useQuery({ ...definitionQuery(project, workflow, version), gcTime: 0, staleTime: Infinity });
  const layout = useQuery({ ...layoutQuery(project, workflow), gcTime: 0, staleTime: Infinity });
  const types = useQuery(taskTypesQuery);

  if (definition.data === undefined || layout.data === undefined || types.data === undefined) {
    const failed = [definition, layout, types].find((query) => query.isError);
    return (
      <Waiting title={workflow} project={project}>
        {failed && <Problem problem={failed.error} onRetry={() => void failed.refetch()} />}
      </Waiting>
    );
  }
  return (
    <Designer
      key={`${project}/${workflow}/${version ?? ''}/${generation}`}
      project={project}
      definition={definition.data}
      initial={{ document: definition.data.document, positions: layout.data }}
      catalog={types.data}
      search={search}
      onSearch={(change) =>
        void navigate({ search: (before) => ({ ...before, ...change }), replace: !('version' in change) })
      }
      onReload={async () => {
        await navigate({ search: (before) => ({ ...before, version: undefined }), replace: true });
        await client.refetchQueries({ queryKey: definitionQuery(project, workflow, null).queryKey });
        setGeneration((before) => before + 1);
      }}
    />
  );
}

function Waiting({ title, project, children }: { title: string; project: string; children: ReactNode }) {
  const { t } = useTranslation('designer');
  const crumbs = [
    { text: t('projects'), link: { to: '/projects' as const } },
    { text: project, link: { to: '/projects/$project' as const, params: { project } } },
  ];
  return (
    <Page title={title} crumbs={crumbs} fill>
      {children ? <div style={{ padding: 24 }}>{children}</div> : <Skeleton radius={0} style={{ flex: 1 }} />}
    </Page>
  );
}
