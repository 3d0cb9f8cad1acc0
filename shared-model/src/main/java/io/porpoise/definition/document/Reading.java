package io.porpoise.definition.document;

import io.porpoise.text.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What is known while one document is read: all that is wrong with it so far, and which tasks it
 * names where.
 */
final class Reading {
  /**
   * Searching a nearest word costs; a document full of unknown names gets no more guesses than
   * this.
   */
  private static final int GUESSES_MAX = 20;

  /** A place that names a task, to be checked when all tasks are known. */
  record Reference(String task, Value place) {}

  private final List<DocumentError> errors = new ArrayList<>();
  private final List<Reference> references = new ArrayList<>();
  private final boolean isOfCheckedText;
  private int more;
  private int guesses;

  /**
   * @param isOfCheckedText whether the document was checked when it was saved: what is not needed
   *     to understand it is not checked again, so that it stays readable under newer rules
   */
  Reading(boolean isOfCheckedText) {
    this.isOfCheckedText = isOfCheckedText;
  }

  boolean isOfCheckedText() {
    return isOfCheckedText;
  }

  void wrong(int line, int column, String path, String message) {
    if (errors.size() < Limits.ERRORS_MAX) {
      errors.add(new DocumentError(line, column, path, message));
    } else {
      more++;
    }
  }

  void refer(String task, Value place) {
    references.add(new Reference(task, place));
  }

  List<Reference> references() {
    return references;
  }

  /** The end of a message about an unknown word: a guess, or nothing. */
  String didYouMean(String word, Collection<String> known) {
    return errors.size() < Limits.ERRORS_MAX && guesses++ < GUESSES_MAX
        ? Nearest.didYouMean(word, known)
        : "";
  }

  boolean isFlawless() {
    return errors.isEmpty();
  }

  /** In the order of the lines. */
  List<DocumentError> errors() {
    List<DocumentError> sorted = new ArrayList<>(errors);
    sorted.sort(
        Comparator.comparingInt(DocumentError::line).thenComparingInt(DocumentError::column));
    if (more > 0) {
      sorted.add(new DocumentError(0, 0, "", "and " + more + " more errors"));
    }
    return List.copyOf(sorted);
  }
}
