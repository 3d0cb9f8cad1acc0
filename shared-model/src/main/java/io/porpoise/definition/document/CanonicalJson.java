package io.porpoise.definition.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.UnaryOperator;

/**
 * The stored form of a document: JSON of the same shape as the YAML, keys in a fixed order and
 * defaults left out, so that documents that mean the same are the same to the byte. Project and
 * release state are not in it.
 */
public final class CanonicalJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CanonicalJson() {}

  public static String write(WorkflowDocument document) {
    try {
      return JSON.writeValueAsString(DocumentTree.of(document, false, UnaryOperator.identity()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of maps, lists and texts can always be written", e);
    }
  }

  /**
   * The very document that was written. Task types are not checked again, so that a version stays
   * readable when the types have changed.
   *
   * @throws IllegalArgumentException if the text was not written by {@link #write}
   */
  public static WorkflowDocument read(String json) {
    ReadResult result;
    try {
      result = DocumentReader.read(JsonNodes.parse(json), TaskTypes.trusting(), null);
    } catch (UnreadableDocument | ClassCastException | NullPointerException damaged) {
      throw new IllegalArgumentException(
          "damaged workflow document: " + damaged.getMessage(), damaged);
    }
    if (!result.isValid()) {
      throw new IllegalArgumentException("damaged workflow document: " + result.errors().get(0));
    }
    return result.document();
  }
}
