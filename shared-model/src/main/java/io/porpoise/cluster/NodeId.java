package io.porpoise.cluster;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The lasting name of a node: it lives in the node's data directory and survives restarts. */
public record NodeId(@JsonValue String value) implements Comparable<NodeId> {
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public NodeId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "node id '" + value + "' must be 1 to 63 letters, digits, '.', '_' or '-'");
    }
  }

  @Override
  public int compareTo(NodeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
