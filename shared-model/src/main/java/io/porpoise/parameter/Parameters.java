package io.porpoise.parameter;

import io.porpoise.definition.Parameter;
import io.porpoise.parameter.ParameterScope.Resolved;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parameters that all tasks of one workflow instance share: start parameters over its own
 * globals over those that it inherited over project parameters over built-ins. Made once per
 * instance and asked for a {@link ParameterScope} per task.
 *
 * <p>Shared values are resolved among themselves, at most once each and only when asked for; what a
 * task adds cannot change them. Not thread-safe: it belongs to the mailbox of its instance.
 */
public final class Parameters {
  /** Of one value after resolving. */
  public static final int VALUE_CHARS_MAX = 64 * 1024;

  /** Of one text of a task, e.g. its script, after resolving. */
  public static final int TEXT_CHARS_MAX = 4 * 1024 * 1024;

  /**
   * Of all values that one task sees, and of all that an instance is started with or gives to the
   * outside, as {@link StoredBytes}. Two of these are in one row of the database, whose limit is
   * above their sum.
   */
  public static final int TOGETHER_BYTES_MAX = 4 * 1024 * 1024;

  /** Of all values that the tasks of an instance share. */
  static final int SHARED_CHARS_MAX = 16 * 1024 * 1024;

  /** How far a value may lead to a value; deeper placeholders stay as text. */
  static final int DEPTH_MAX = 32;

  private final Map<String, String> start;
  private final Map<String, String> globals = new LinkedHashMap<>();
  private final Map<String, String> inherited;
  private final Map<String, String> project;
  private final BuiltIns.Workflow workflow;
  private final ZonedDateTime base;
  private final TimeExpressions times;
  private final Map<String, String> resolved = new HashMap<>();
  private final Set<String> resolving = new HashSet<>();
  private long chars;

  /**
   * @param inherited the globals of the instances that led to this one, resolved; empty when nobody
   *     but a person or a schedule started it
   * @param base the schedule time if there is one, else the instance's first start, in the
   *     schedule's zone
   */
  public Parameters(
      Map<String, String> start,
      List<Parameter> globals,
      Map<String, String> inherited,
      Map<String, String> project,
      BuiltIns.Workflow workflow,
      ZonedDateTime base) {
    this.start = start;
    this.inherited = inherited;
    this.project = project;
    this.workflow = workflow;
    this.base = base;
    times = new TimeExpressions(base);
    for (Parameter global : globals) {
      this.globals.put(global.prop(), global.value());
    }
  }

  /** What one task sees. */
  public ParameterScope scope(List<Parameter> local, Upstream upstream, BuiltIns.Task task) {
    return new ParameterScope(this, local, upstream, task);
  }

  /**
   * The value of a shared parameter, resolved as far as shared ones go, or null.
   *
   * @throws Placeholders.TextTooLarge if it grows above its limit
   */
  public String find(String name) {
    String known = resolved.get(name);
    if (known != null) {
      return known;
    }
    String raw = raw(name);
    if (raw == null || resolving.size() >= DEPTH_MAX || !resolving.add(name)) {
      return null;
    }
    try {
      String value = times.replace(Placeholders.replace(raw, this::find, VALUE_CHARS_MAX));
      chars += value.length();
      if (chars > SHARED_CHARS_MAX) {
        throw Placeholders.TextTooLarge.together(SHARED_CHARS_MAX, "characters");
      }
      resolved.put(name, value);
      return value;
    } finally {
      resolving.remove(name);
    }
  }

  /** Those of some names that have a value. Never throws for what users wrote. */
  public Resolved resolve(Collection<String> names) {
    Map<String, String> values = new LinkedHashMap<>();
    long bytes = 0;
    try {
      for (String name : names) {
        String value = find(name);
        if (value != null) {
          values.put(name, value);
          bytes += StoredBytes.of(name, value);
        }
        if (bytes > TOGETHER_BYTES_MAX) {
          throw Placeholders.TextTooLarge.together(TOGETHER_BYTES_MAX, "bytes");
        }
      }
      return new Resolved(Map.of(), values, null);
    } catch (Placeholders.TextTooLarge tooLarge) {
      return new Resolved(Map.of(), Map.of(), ParameterScope.tooLarge(tooLarge));
    }
  }

  boolean isStart(String name) {
    return start.containsKey(name);
  }

  TimeExpressions times() {
    return times;
  }

  private String raw(String name) {
    String value = start.get(name);
    if (value == null) {
      value = globals.get(name);
    }
    if (value == null || value.isEmpty() && !start.containsKey(name)) {
      value = inherited.getOrDefault(name, value);
    }
    if (value == null) {
      value = project.get(name);
    }
    return value == null ? workflow.find(name, base) : value;
  }
}
