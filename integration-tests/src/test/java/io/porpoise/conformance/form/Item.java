package io.porpoise.conformance.form;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value in a case file, with its place. */
final class Item {
  private static final LoadSettings SETTINGS = LoadSettings.builder().setUseMarks(true).build();

  private final Path file;
  private final Node node;

  private Item(Path file, Node node) {
    this.file = file;
    this.node = node;
  }

  static Item parse(Path file, String text) {
    try {
      return new Compose(SETTINGS)
          .composeString(text)
          .map(node -> new Item(file, node))
          .orElseThrow(() -> new BadCase(file + ":1", "the file is empty"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new BadCase(file + ":" + line, "not valid YAML: " + e.getProblem());
    }
  }

  String place() {
    return file + ":" + node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  BadCase bad(String message, Object... about) {
    return new BadCase(place(), String.format(message, about));
  }

  boolean isText() {
    return node instanceof ScalarNode;
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  String text() {
    if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      return scalar.getValue();
    }
    throw bad("a text is wanted here");
  }

  int number() {
    String text = text();
    if (!text.matches("[0-9]{1,9}")) {
      throw bad("a number is wanted here, not '%s'", text);
    }
    return Integer.parseInt(text);
  }

  List<Item> items() {
    if (!(node instanceof SequenceNode sequence)) {
      throw bad("a list is wanted here");
    }
    return sequence.getValue().stream().map(value -> new Item(file, value)).toList();
  }

  /** The items of a list, or the one value that stands in the place of a list. */
  List<Item> itemsOrOne() {
    return isList() ? items() : List.of(this);
  }

  /** Keys with their values, in the order of the file. */
  Map<String, Item> fields() {
    if (!(node instanceof MappingNode mapping)) {
      throw bad("keys with values are wanted here");
    }
    Map<String, Item> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Item key = new Item(file, tuple.getKeyNode());
      if (fields.put(key.text(), new Item(file, tuple.getValueNode())) != null) {
        throw key.bad("'%s' stands here twice", key.text());
      }
    }
    return fields;
  }

  /** The same; other keys than these are refused. */
  Map<String, Item> fields(String... allowed) {
    Map<String, Item> fields = fields();
    for (Map.Entry<String, Item> field : fields.entrySet()) {
      if (!Arrays.asList(allowed).contains(field.getKey())) {
        throw field
            .getValue()
            .bad("unknown key '%s'; allowed: %s", field.getKey(), String.join(", ", allowed));
      }
    }
    return fields;
  }

  /** The value as maps, lists, numbers, flags and texts; null for nothing. */
  Object plain() {
    if (isList()) {
      List<Object> list = new ArrayList<>();
      items().forEach(item -> list.add(item.plain()));
      return list;
    }
    if (isMap()) {
      return plainFields();
    }
    Tag tag = node.getTag();
    String value = ((ScalarNode) node).getValue();
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.BOOL)) {
      return Boolean.valueOf(value);
    }
    return tag.equals(Tag.INT) ? (Object) Long.valueOf(value) : value;
  }

  Map<String, Object> plainFields() {
    Map<String, Object> map = new LinkedHashMap<>();
    fields().forEach((key, value) -> map.put(key, value.plain()));
    return map;
  }

  /** Keys with texts. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    fields().forEach((key, value) -> texts.put(key, value.text()));
    return texts;
  }
}
