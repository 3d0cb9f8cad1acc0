package io.porpoise.definition.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.porpoise.definition.document.Node.Entry;
import io.porpoise.definition.document.Node.Kind;
import io.porpoise.definition.document.Node.Mapping;
import io.porpoise.definition.document.Node.Scalar;
import io.porpoise.definition.document.Node.Sequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON into nodes. A JSON reader of its own, because it is ten times as fast as reading JSON as
 * YAML and strict about it.
 */
final class JsonNodes {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Limits.DEPTH_MAX)
                  .maxStringLength(Limits.BODY_MAX)
                  .maxNumberLength(100)
                  .build())
          .build();

  private final JsonParser parser;
  private int nodes;

  private JsonNodes(JsonParser parser) {
    this.parser = parser;
  }

  static Node parse(String text) throws UnreadableDocument {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      Node root = new JsonNodes(parser).node();
      if (parser.nextToken() != null) {
        JsonLocation at = parser.currentTokenLocation();
        throw new UnreadableDocument(
            at.getLineNr(), at.getColumnNr(), "not valid JSON: something stands behind its end");
      }
      return root;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String problem = e.getOriginalMessage().replaceAll("\\s+", " ");
      throw new UnreadableDocument(
          at == null ? 1 : at.getLineNr(),
          at == null ? 1 : at.getColumnNr(),
          "not valid JSON: "
              + problem
              + (problem.contains("end-of-input") ? "; the document seems to be cut off" : ""));
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be read", e);
    }
  }

  private Node node() throws IOException, UnreadableDocument {
    JsonLocation at = parser.currentTokenLocation();
    int line = at.getLineNr();
    int column = at.getColumnNr();
    if (++nodes > Limits.NODES_MAX) {
      throw new UnreadableDocument(
          line, column, "too large: more than " + Limits.NODES_MAX + " values");
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return mapping(line, column);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Node> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(node());
      }
      return new Sequence(items, line, column);
    }
    if (token == null) {
      return new Scalar("", Kind.NOTHING, line, column);
    }
    Kind kind =
        switch (token) {
          case VALUE_NUMBER_INT -> Kind.WHOLE_NUMBER;
          case VALUE_NUMBER_FLOAT -> Kind.NUMBER;
          case VALUE_TRUE, VALUE_FALSE -> Kind.FLAG;
          case VALUE_NULL -> Kind.NOTHING;
          default -> Kind.TEXT;
        };
    return new Scalar(kind == Kind.NOTHING ? "" : parser.getText(), kind, line, column);
  }

  private Mapping mapping(int line, int column) throws IOException, UnreadableDocument {
    List<Entry> entries = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      JsonLocation at = parser.currentTokenLocation();
      String key = parser.currentName();
      parser.nextToken();
      entries.add(new Entry(key, node(), false, at.getLineNr(), at.getColumnNr()));
    }
    return new Mapping(entries, line, column);
  }
}
