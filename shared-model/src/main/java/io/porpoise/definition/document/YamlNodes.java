package io.porpoise.definition.document;

import io.porpoise.definition.document.Node.Entry;
import io.porpoise.definition.document.Node.Kind;
import io.porpoise.definition.document.Node.Mapping;
import io.porpoise.definition.document.Node.Scalar;
import io.porpoise.definition.document.Node.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML 1.2 into nodes, from the parser's events. The library's own composer is not used, because it
 * bounds neither the depth nor what aliases expand to. Merge keys ({@code <<}) work; tags other
 * than the standard scalar ones are refused.
 */
final class YamlNodes {
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,30}");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\.[0-9]{1,30}|[0-9]{1,30}(\\.[0-9]{0,30})?)([eE][-+]?[0-9]{1,4})?");
  private static final int BUFFER_CHARS_MAX = 1024 * 1024;
  private static final String STANDARD_TAG = "tag:yaml.org,2002:";

  private final Iterator<Event> events;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private long weight;
  private int nodes;
  private int depth;
  private int deepest;

  /** A node that aliases may stand for, with what each of them adds to the document. */
  private record Anchored(Node node, long weight, int height) {}

  private YamlNodes(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .setUseMarks(true)
            // The parser copies what it has of a long line for each buffer that it adds.
            .setBufferSize(Math.max(1_024, Math.min(text.length() + 1, BUFFER_CHARS_MAX)))
            .build();
    events = new Parse(settings).parseString(text).iterator();
  }

  static Node parse(String text) throws UnreadableDocument {
    YamlNodes yaml = new YamlNodes(text);
    try {
      return yaml.document();
    } catch (MarkedYamlEngineException e) {
      throw yaml.unreadable(e);
    } catch (ReaderException e) {
      String before = text.substring(0, Math.min(text.length(), Math.max(0, e.getPosition())));
      throw new UnreadableDocument(
          (int) before.chars().filter(c -> c == '\n').count() + 1,
          before.length() - before.lastIndexOf('\n'),
          String.format("the character U+%04X is not allowed in YAML", e.getCodePoint()));
    } catch (YamlEngineException e) {
      throw new UnreadableDocument(1, 1, "not valid YAML: " + oneLine(e.getMessage()));
    }
  }

  private UnreadableDocument unreadable(MarkedYamlEngineException e) {
    Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
    String problem =
        oneLine((e.getContext() == null ? "" : e.getContext() + ": ") + e.getProblem());
    String remedy = "";
    if (problem.contains("(TAB)")) {
      remedy = "; indent with blanks, YAML does not allow tabs";
    } else if (problem.contains("stream end") || problem.contains("end of stream")) {
      remedy = "; the document seems to be cut off";
    }
    return new UnreadableDocument(
        mark.map(m -> m.getLine() + 1).orElse(1),
        mark.map(m -> m.getColumn() + 1).orElse(1),
        "not valid YAML: " + problem + remedy);
  }

  private static String oneLine(String message) {
    return message == null ? "" : message.replaceAll("\\s+", " ").strip();
  }

  private Node document() throws UnreadableDocument {
    Node root = null;
    while (events.hasNext()) {
      Event event = events.next();
      if (event.getEventId() == Event.ID.DocumentStart) {
        if (root != null) {
          throw at(event, "a second document begins here; a file holds one workflow");
        }
        root = node(events.next());
      }
    }
    if (root == null) {
      throw new UnreadableDocument(1, 1, "the document is empty");
    }
    return root;
  }

  private Node node(Event event) throws UnreadableDocument {
    if (event instanceof AliasEvent alias) {
      return alias(alias);
    }
    if (++nodes > Limits.NODES_MAX) {
      throw at(event, "too large: more than " + Limits.NODES_MAX + " values");
    }
    long weightBefore = weight;
    int deepestBefore = deepest;
    deepest = depth;
    Node node;
    if (event instanceof ScalarEvent scalar) {
      node = scalar(scalar);
    } else if (event instanceof SequenceStartEvent start) {
      node = sequence(start);
    } else {
      node = mapping((MappingStartEvent) event);
    }
    Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
    if (anchor.isPresent()) {
      anchors.put(anchor.get(), new Anchored(node, weight - weightBefore, deepest - depth));
    }
    deepest = Math.max(deepest, deepestBefore);
    return node;
  }

  private Node alias(AliasEvent event) throws UnreadableDocument {
    Anchored anchored = anchors.get(event.getAlias());
    if (anchored == null) {
      throw at(
          event, "*" + event.getAlias().getValue() + " stands for nothing: no such & before it");
    }
    add(event, anchored.weight);
    deepen(event, depth + anchored.height);
    return anchored.node;
  }

  private Scalar scalar(ScalarEvent event) throws UnreadableDocument {
    String value = event.getValue();
    add(event, 1 + value.length());
    Kind kind = event.isPlain() ? plainKind(value) : Kind.TEXT;
    Optional<String> tag = event.getTag().filter(t -> !t.equals("!"));
    if (tag.isPresent()) {
      kind = taggedKind(event, tag.get(), plainKind(value));
    } else if (event.getTag().isPresent()) {
      kind = Kind.TEXT;
    }
    return new Scalar(
        kind == Kind.FLAG ? value.toLowerCase(java.util.Locale.ROOT) : value,
        kind,
        line(event),
        column(event));
  }

  private static Kind taggedKind(Event event, String tag, Kind plain) throws UnreadableDocument {
    return switch (tag) {
      case STANDARD_TAG + "str" -> Kind.TEXT;
      case STANDARD_TAG + "int",
          STANDARD_TAG + "float",
          STANDARD_TAG + "bool",
          STANDARD_TAG + "null" ->
          plain;
      default -> throw at(event, "tags are not supported: " + tag);
    };
  }

  private static Kind plainKind(String value) {
    switch (value) {
      case "", "~", "null", "Null", "NULL" -> {
        return Kind.NOTHING;
      }
      case "true", "True", "TRUE", "false", "False", "FALSE" -> {
        return Kind.FLAG;
      }
      default -> {
        char first = value.charAt(0);
        if ((first < '0' || first > '9') && first != '-' && first != '+' && first != '.') {
          return Kind.TEXT;
        }
        if (WHOLE.matcher(value).matches()) {
          return Kind.WHOLE_NUMBER;
        }
        return NUMBER.matcher(value).matches() ? Kind.NUMBER : Kind.TEXT;
      }
    }
  }

  private Sequence sequence(SequenceStartEvent start) throws UnreadableDocument {
    enter(start);
    List<Node> items = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      items.add(node(event));
    }
    depth--;
    return new Sequence(items, line(start), column(start));
  }

  private Mapping mapping(MappingStartEvent start) throws UnreadableDocument {
    enter(start);
    List<Entry> entries = new ArrayList<>();
    List<Node> merged = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      Node key = node(event);
      Event valueEvent = events.next();
      boolean isAnchored = ((NodeEvent) valueEvent).getAnchor().isPresent();
      Node value = node(valueEvent);
      if (!(key instanceof Scalar scalar)) {
        throw at(event, "a key must be a plain text");
      }
      if (scalar.text().equals("<<") && !(value instanceof Scalar)) {
        merged.add(value);
      } else {
        entries.add(new Entry(scalar.text(), value, isAnchored, scalar.line(), scalar.column()));
      }
    }
    depth--;
    for (Node source : merged) {
      merge(start, entries, source);
    }
    return new Mapping(entries, line(start), column(start));
  }

  /** What stands in the mapping itself wins over what is merged into it. */
  private void merge(Event at, List<Entry> entries, Node source) throws UnreadableDocument {
    if (source instanceof Sequence sequence) {
      for (Node item : sequence.items()) {
        merge(at, entries, item);
      }
    } else if (source instanceof Mapping mapping) {
      Set<String> known = new HashSet<>();
      entries.forEach(entry -> known.add(entry.key()));
      for (Entry entry : mapping.entries()) {
        if (known.add(entry.key())) {
          entries.add(entry);
        }
      }
    } else {
      throw at(at, "<< needs a mapping, e.g. <<: *defaults");
    }
  }

  private void enter(Event event) throws UnreadableDocument {
    add(event, 1);
    deepen(event, ++depth);
  }

  private void deepen(Event event, int level) throws UnreadableDocument {
    deepest = Math.max(deepest, level);
    if (level > Limits.DEPTH_MAX) {
      throw at(event, "nested more than " + Limits.DEPTH_MAX + " levels deep");
    }
  }

  private void add(Event event, long more) throws UnreadableDocument {
    weight += more;
    if (weight > Limits.EXPANDED_MAX) {
      throw at(
          event,
          "too large: with its aliases written out the document exceeds "
              + Limits.EXPANDED_MAX
              + " characters");
    }
  }

  private static UnreadableDocument at(Event event, String message) {
    return new UnreadableDocument(line(event), column(event), message);
  }

  private static int line(Event event) {
    return event.getStartMark().map(m -> m.getLine() + 1).orElse(1);
  }

  private static int column(Event event) {
    return event.getStartMark().map(m -> m.getColumn() + 1).orElse(1);
  }
}
