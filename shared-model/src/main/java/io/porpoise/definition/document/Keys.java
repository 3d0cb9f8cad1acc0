package io.porpoise.definition.document;

import io.porpoise.definition.document.Node.Entry;
import io.porpoise.definition.document.Node.Kind;
import io.porpoise.definition.document.Node.Mapping;
import io.porpoise.definition.document.Node.Scalar;
import io.porpoise.text.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The keys of one mapping while they are read: each reader takes the keys it knows, and what is
 * left at the end is unknown. A key without a value counts as not written.
 */
public final class Keys {
  private final Value owner;
  private final Map<String, Entry> left = new LinkedHashMap<>();
  private final List<String> known = new ArrayList<>();

  Keys(Value owner, Mapping mapping) {
    this.owner = owner;
    for (Entry entry : mapping.entries()) {
      Entry first = left.putIfAbsent(entry.key(), entry);
      if (first != null) {
        owner
            .reading()
            .wrong(
                entry.line(),
                entry.column(),
                owner.child(entry.key(), entry.value()).path(),
                "duplicate key \"" + entry.key() + "\", first in line " + first.line());
      }
    }
  }

  Value owner() {
    return owner;
  }

  /** The value of a key, or null when it is not there. */
  public Value take(String key) {
    known.add(key);
    Entry entry = left.remove(key);
    return entry == null || isNothing(entry) ? null : owner.child(key, entry.value());
  }

  public <T> T take(String key, T otherwise, Function<Value, T> reader) {
    Value value = take(key);
    return value == null ? otherwise : reader.apply(value);
  }

  /** Notes a missing key when it is not there; null then. */
  public Value require(String key) {
    Value value = take(key);
    if (value == null) {
      owner.wrong("\"" + key + "\" is missing");
    }
    return value;
  }

  /** All that nobody has taken, also keys without a value. */
  Map<String, Value> all() {
    Map<String, Value> all = new LinkedHashMap<>();
    left.forEach((key, entry) -> all.put(key, owner.child(key, entry.value())));
    left.clear();
    return all;
  }

  /** All that nobody has taken, without the keys that have no value. */
  public Map<String, Value> rest() {
    Map<String, Value> rest = new LinkedHashMap<>();
    for (Entry entry : left.values()) {
      if (!isNothing(entry)) {
        rest.put(entry.key(), owner.child(entry.key(), entry.value()));
      }
    }
    left.clear();
    return rest;
  }

  /** Forgets keys that are not near any known one: they may be those of something else. */
  void dropStrange() {
    left.keySet().removeIf(key -> Nearest.to(key, known).isEmpty());
  }

  /** Forgets keys that only serve to be repeated by aliases. */
  void ignoreAnchored() {
    left.values().removeIf(Entry::isAnchored);
  }

  /** All that readers have asked for. */
  List<String> known() {
    return List.copyOf(known);
  }

  /** Notes every key that nobody has taken, with the nearest one that could have been meant. */
  public void end() {
    for (Entry entry : left.values()) {
      owner
          .reading()
          .wrong(
              entry.line(),
              entry.column(),
              owner.child(entry.key(), entry.value()).path(),
              "unknown key \""
                  + entry.key()
                  + "\""
                  + owner.reading().didYouMean(entry.key(), known));
    }
    left.clear();
  }

  private static boolean isNothing(Entry entry) {
    return entry.value() instanceof Scalar scalar && scalar.kind() == Kind.NOTHING;
  }
}
