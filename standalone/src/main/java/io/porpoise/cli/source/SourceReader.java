package io.porpoise.cli.source;

import io.porpoise.cli.terminal.CliException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads workflow files and resolves their placeholders (CONTRACT: section 3). */
public final class SourceReader {
  private static final long FILE_BYTES_MAX = 4L << 20;
  private static final Pattern FILE = Pattern.compile("\\$FILE\\{\"([^\"]*)\"}");
  private static final Pattern WORKFLOW = Pattern.compile("\\$WORKFLOW\\{\"([^\"]*)\"}");
  private static final Pattern INLINE =
      Pattern.compile("\\$ENV\\{([^}]*)}|\\$\\{CONFIG\\.([^}]*)}");

  private final AuthorSettings settings;

  public SourceReader(AuthorSettings settings) {
    this.settings = settings;
  }

  public WorkflowSource read(Path file) {
    return read(file, new LinkedHashSet<>());
  }

  private WorkflowSource read(Path file, Set<Path> above) {
    Path real = file.toAbsolutePath().normalize();
    if (!above.add(real)) {
      throw CliException.failure(file + ": $WORKFLOW leads back to this file: " + above);
    }
    String text = content(file, "");
    List<WorkflowSource> needs = new ArrayList<>();
    List<Edit> edits = new ArrayList<>();
    Optional<Node> root = compose(text);
    root.ifPresent(node -> visit(node, file, above, needs, edits, Set.of()));
    above.remove(real);
    Node workflow = root.map(r -> child(r, "workflow")).orElse(null);
    return new WorkflowSource(
        file,
        Edit.apply(text, edits),
        valueOf(workflow, "name", file),
        valueOf(workflow, "project", file),
        needs);
  }

  /** Empty if it is no YAML; then the server says where. */
  private static Optional<Node> compose(String text) {
    try {
      return new Compose(LoadSettings.builder().setUseMarks(true).build()).composeString(text);
    } catch (YamlEngineException e) {
      return Optional.empty();
    }
  }

  private void visit(
      Node node,
      Path file,
      Set<Path> above,
      List<WorkflowSource> needs,
      List<Edit> edits,
      Set<Node> parents) {
    if (parents.contains(node)) {
      return; // an alias to what contains it: the server refuses that
    }
    Set<Node> here = new LinkedHashSet<>(parents);
    here.add(node);
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        visit(entry.getValueNode(), file, above, needs, edits, here);
      }
    } else if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> visit(item, file, above, needs, edits, here));
    } else if (node instanceof ScalarNode scalar) {
      String resolved = resolve(scalar.getValue(), file, above, needs);
      if (!resolved.equals(scalar.getValue())) {
        edits.add(Edit.of(scalar, resolved));
      }
    }
  }

  private String resolve(String value, Path file, Set<Path> above, List<WorkflowSource> needs) {
    if (value.indexOf('$') < 0) {
      return value;
    }
    Matcher whole = FILE.matcher(value);
    if (value.startsWith("$FILE") && whole.find()) {
      return content(resolvePath(file, whole.group(1)), file + ": $FILE: ");
    }
    Matcher other = WORKFLOW.matcher(value);
    if (value.startsWith("$WORKFLOW") && other.find()) {
      WorkflowSource needed = read(resolvePath(file, other.group(1)), above);
      needs.add(needed);
      return needed.name();
    }
    return INLINE
        .matcher(value)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) != null
                        ? variable(file, found.group(1))
                        : settings.config(found.group(2))));
  }

  private String variable(Path file, String name) {
    String value = settings.variable(name);
    if (value == null) {
      throw CliException.failure(
          file + ": $ENV{" + name + "}: there is no such variable; export " + name);
    }
    return value;
  }

  /** Relative to the file that names it. */
  private static Path resolvePath(Path file, String path) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? Path.of(path) : parent.resolve(path);
  }

  private static String content(Path file, String where) {
    try {
      if (Files.isDirectory(file)) {
        throw CliException.failure(where + file + " is a directory");
      }
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw CliException.failure(where + file + " is larger than 4 MiB");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw CliException.failure(where + file + ": no such file", e);
    } catch (CharacterCodingException e) {
      throw CliException.failure(where + file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw CliException.failure(where + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Node child(Node node, String key) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
          return entry.getValueNode();
        }
      }
    }
    return null;
  }

  private String valueOf(Node workflow, String key, Path file) {
    return workflow != null && child(workflow, key) instanceof ScalarNode scalar
        ? resolve(scalar.getValue(), file, new LinkedHashSet<>(), new ArrayList<>())
        : "";
  }
}
