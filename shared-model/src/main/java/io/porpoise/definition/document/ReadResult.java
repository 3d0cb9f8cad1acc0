package io.porpoise.definition.document;

import java.util.List;

/**
 * What reading a text gave: a document, or all that is wrong with it.
 *
 * @param document null when there are errors
 */
public record ReadResult(WorkflowDocument document, List<DocumentError> errors) {
  public boolean isValid() {
    return errors.isEmpty();
  }
}
