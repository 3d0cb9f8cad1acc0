import 'i18next';
import type common from './en/common.json';
import type designer from './en/designer.json';
import type diagram from './en/diagram.json';
import type home from './en/home.json';
import type instances from './en/instances.json';
import type log from './en/log.json';
import type projects from './en/projects.json';
import type reasons from './en/reasons.json';
import type workflows from './en/workflows.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      common: typeof common;
      designer: typeof designer;
      diagram: typeof diagram;
      home: typeof home;
      instances: typeof instances;
      log: typeof log;
      projects: typeof projects;
      reasons: typeof reasons;
      workflows: typeof workflows;
    };
  }
}
