package io.porpoise.node.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One configuration file, as texts by key, each with its line. */
final class YamlLayer {
  private final Path file;
  private final Map<String, Given> values = new LinkedHashMap<>();

  private YamlLayer(Path file) {
    this.file = file;
  }

  /** What the file says; nothing when there is no such file. */
  static Map<String, Given> read(Path file) {
    YamlLayer layer = new YamlLayer(file);
    try {
      layer.add(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (CharacterCodingException e) {
      throw new ConfigException(file + ": is not UTF-8 text");
    } catch (IOException e) {
      throw new ConfigException(file + ": cannot be read: " + e.getMessage());
    }
    return layer.values;
  }

  private void add(String text) {
    try {
      LoadSettings settings =
          LoadSettings.builder().setLabel(file.toString()).setMaxAliasesForCollections(10).build();
      Optional<Node> root = new Compose(settings).composeString(text);
      root.filter(node -> !isNull(node)).ifPresent(node -> add("", node));
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(mark -> " line " + (mark.getLine() + 1)).orElse("");
      throw new ConfigException(file + line + ": not valid YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new ConfigException(file + ": not valid YAML: " + e.getMessage());
    }
  }

  private void add(String path, Node node) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        String name = scalar(path, entry.getKeyNode());
        add(path.isEmpty() ? name : path + "." + name, entry.getValueNode());
      }
    } else if (path.isEmpty()) {
      throw new ConfigException(where(node) + ": the file must consist of 'key: value' lines");
    } else if (values.put(path, new Given(texts(path, node), where(node))) != null) {
      throw new ConfigException(where(node) + ": " + path + " is given twice");
    }
  }

  private List<String> texts(String path, Node node) {
    if (node instanceof SequenceNode sequence) {
      List<String> texts = new ArrayList<>();
      sequence.getValue().forEach(element -> texts.add(scalar(path, element)));
      return texts;
    }
    return List.of(isNull(node) ? "" : scalar(path, node));
  }

  private String scalar(String path, Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new ConfigException(where(node) + ": " + path + " must not be nested any deeper");
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private String where(Node node) {
    return file + node.getStartMark().map(mark -> " line " + (mark.getLine() + 1)).orElse("");
  }
}
