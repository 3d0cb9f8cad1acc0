import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { Shell } from '~/components/shell/Shell';
import { texts } from '~/i18n/i18n';
import { HttpProblem } from '~/services/http';
import { meQuery } from '~/services/session';
import { readDesignerSearch, readInstanceSearch, readInstancesSearch, readLoginSearch, readLogSearch } from './search';

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: Outlet });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: readLoginSearch,
  component: lazyRouteComponent(() => import('./login/LoginPage'), 'LoginPage'),
});

/** Everything behind the log-in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(meQuery);
    } catch (problem) {
      if (problem instanceof HttpProblem && problem.status === 401) {
        throw redirect({ to: '/login', search: location.href === '/' ? {} : { next: location.href } });
      }
      throw problem;
    }
  },
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  loader: texts('home', 'reasons'),
  component: lazyRouteComponent(() => import('./home/HomePage'), 'HomePage'),
});

const projects = createRoute({
  getParentRoute: () => shell,
  path: '/projects',
  loader: texts('projects'),
  component: lazyRouteComponent(() => import('./projects/ProjectsPage'), 'ProjectsPage'),
});

const workflows = createRoute({
  getParentRoute: () => shell,
  path: '/projects/$project',
  loader: texts('workflows', 'designer'),
  component: lazyRouteComponent(() => import('./workflows/WorkflowsPage'), 'WorkflowsPage'),
});

const newWorkflow = createRoute({
  getParentRoute: () => shell,
  path: '/projects/$project/new-workflow',
  loader: texts('designer', 'diagram'),
  component: lazyRouteComponent(() => import('./designer/DesignerPage'), 'NewWorkflowPage'),
});

const designer = createRoute({
  getParentRoute: () => shell,
  path: '/projects/$project/workflows/$workflow',
  validateSearch: readDesignerSearch,
  loader: texts('designer', 'diagram'),
  component: lazyRouteComponent(() => import('./designer/DesignerPage'), 'DesignerPage'),
});

const instances = createRoute({
  getParentRoute: () => shell,
  path: '/instances',
  validateSearch: readInstancesSearch,
  loader: texts('instances', 'reasons'),
  component: lazyRouteComponent(() => import('./instances/InstancesPage'), 'InstancesPage'),
});

const instance = createRoute({
  getParentRoute: () => shell,
  path: '/instances/$id',
  validateSearch: readInstanceSearch,
  loader: texts('instances', 'reasons', 'log', 'designer', 'diagram'),
  component: lazyRouteComponent(() => import('./instance/InstancePage'), 'InstancePage'),
});

const log = createRoute({
  getParentRoute: () => shell,
  path: '/tasks/$id/log',
  validateSearch: readLogSearch,
  loader: texts('log', 'instances'),
  component: lazyRouteComponent(() => import('./log/LogPage'), 'LogPage'),
});

export const routeTree = root.addChildren([
  login,
  shell.addChildren([home, projects, workflows, newWorkflow, designer, instances, instance, log]),
]);
