import { Page } from '~/components/Page';

export function NewWorkflowPage() {
  return <Page title="">{null}</Page>;
}

export function DesignerPage() {
  return <Page title="">{null}</Page>;
}
