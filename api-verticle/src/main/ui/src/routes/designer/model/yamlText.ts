import { parse, stringify } from 'yaml';
import { parseDocument } from '~/workflow-diagram/document';
import type { WorkflowDocument } from '~/workflow-diagram/document';

/** The document as a workflow file: scripts as blocks, short lists in one line as people write them. */
export function toYaml(document: WorkflowDocument): string {
  return stringify(document, { lineWidth: 0, blockQuote: 'literal', aliasDuplicateObjects: false });
}

/**
 * What a text says, as far as this page understands it; the server decides whether it is a workflow.
 *
 * @throws Error when it is not YAML or has not the outer shape
 */
export function fromYaml(text: string): WorkflowDocument {
  return parseDocument(parse(text, { merge: true }));
}

/** The name that a text gives its workflow, or null while it cannot be read. */
export function nameInYaml(text: string): string | null {
  try {
    const { name } = fromYaml(text).workflow;
    return name === '' ? null : name;
  } catch {
    return null;
  }
}
