package io.porpoise.definition.document;

import java.util.List;

/**
 * What reading a text gave: a document, or all that is wrong with it.
 *
 * @param document null when there are errors
 * @param mentions what it names outside of itself; none when there are errors
 */
public record ReadResult(
    WorkflowDocument document, List<DocumentError> errors, List<Mention> mentions) {
  /** What cannot be taken. */
  public static ReadResult wrong(List<DocumentError> errors) {
    return new ReadResult(null, errors, List.of());
  }

  public boolean isValid() {
    return errors.isEmpty();
  }
}
