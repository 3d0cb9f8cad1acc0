package io.porpoise.parameter;

import io.porpoise.definition.Parameter;
import io.porpoise.expression.Allowance;
import io.porpoise.expression.SwitchExpression;
import io.porpoise.instance.Reason;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The parameters as one task sees them: start parameters, its own IN parameters, outputs of its
 * ancestors, globals, inherited ones, project parameters, built-ins; the first that has the name
 * wins. An empty IN parameter takes the next one's value.
 *
 * <p>Values may hold placeholders themselves. A parameter that leads back to itself stays as text,
 * except that a local parameter may name its namesake further down ({@code n = ${n}0}). A task
 * without any {@code $} costs next to nothing.
 */
public final class ParameterScope {
  /**
   * A task ready to be sent.
   *
   * @param taskParams with all placeholders replaced that have a value
   * @param params what the task saw: its IN parameters and every other one that its texts named
   * @param failure why the task cannot run, or null; the maps are as given then
   */
  public record Resolved(
      Map<String, Object> taskParams, Map<String, String> params, Reason failure) {}

  private final Parameters shared;
  private final List<Parameter> local;
  private final Upstream upstream;
  private final BuiltIns.Task task;
  private final Allowance allowance = new Allowance();
  private Map<String, String> seen = Map.of();
  private long seenBytes;
  private final TreeSet<String> resolvingLocal = new TreeSet<>();
  private final TreeSet<String> resolvingBelow = new TreeSet<>();

  ParameterScope(Parameters shared, List<Parameter> local, Upstream upstream, BuiltIns.Task task) {
    this.shared = shared;
    this.local = local;
    this.upstream = upstream;
    this.task = task;
  }

  /** Resolves all that a task type asks for. Never throws for what users wrote or tasks printed. */
  public Resolved resolve(Map<String, Object> taskParams) {
    try {
      for (Parameter parameter : local) {
        if (parameter.direction() == Parameter.Direction.IN && find(parameter.prop()) == null) {
          see(parameter.prop(), "");
        }
      }
      @SuppressWarnings("unchecked") // a map of texts stays one: only the texts in it are replaced
      Map<String, Object> tree = (Map<String, Object>) Placeholders.inTree(taskParams, this::text);
      return new Resolved(tree, Collections.unmodifiableMap(seen), null);
    } catch (Placeholders.TextTooLarge tooLarge) {
      return new Resolved(taskParams, Map.of(), tooLarge(tooLarge));
    }
  }

  static Reason tooLarge(Placeholders.TextTooLarge e) {
    return new Reason("PARAMETERS_TOO_LARGE", "its parameters grow too large: " + e.getMessage());
  }

  /**
   * One text with all placeholders replaced that have a value.
   *
   * @throws Placeholders.TextTooLarge above {@link Parameters#TEXT_CHARS_MAX}
   */
  public String text(String text) {
    return expand(text, Parameters.TEXT_CHARS_MAX);
  }

  /**
   * Whether a condition holds for what the task sees. Its placeholders stand for values, so it must
   * not go through {@link #resolve} or {@link #text}. Never throws for what users wrote or tasks
   * printed.
   */
  public SwitchExpression.Outcome evaluate(String condition) {
    try {
      return SwitchExpression.evaluate(condition, this::find, allowance);
    } catch (Placeholders.TextTooLarge tooLarge) {
      return new SwitchExpression.Outcome(false, tooLarge(tooLarge));
    }
  }

  /** The resolved value of a parameter, or null. */
  public String find(String name) {
    String known = seen.get(name);
    if (known != null) {
      return known;
    }
    String value = shared.isStart(name) ? sharedValue(name) : ownValue(name);
    if (value != null) {
      see(name, value);
    }
    return value;
  }

  /** What has been asked for so far and had a value. */
  public Map<String, String> seen() {
    return Collections.unmodifiableMap(seen);
  }

  private String ownValue(String name) {
    String own = localIn(name);
    if (own.isEmpty() || isTooDeep() || !resolvingLocal.add(name)) {
      return below(name);
    }
    try {
      return expand(own, Parameters.VALUE_CHARS_MAX);
    } finally {
      resolvingLocal.remove(name);
    }
  }

  private String below(String name) {
    String output = upstream.find(name);
    if (output == null) {
      return sharedValue(name);
    }
    if (isTooDeep() || !resolvingBelow.add(name)) {
      return null;
    }
    try {
      return expand(output, Parameters.VALUE_CHARS_MAX);
    } finally {
      resolvingBelow.remove(name);
    }
  }

  /** Shared values know nothing of the task, so what they left open is looked up once more here. */
  private String sharedValue(String name) {
    String value = shared.find(name);
    if (value == null) {
      return task.find(name);
    }
    if (value.indexOf("${") < 0 || isTooDeep() || !resolvingBelow.add(name)) {
      return value;
    }
    try {
      return expand(value, Parameters.VALUE_CHARS_MAX);
    } finally {
      resolvingBelow.remove(name);
    }
  }

  private boolean isTooDeep() {
    return resolvingLocal.size() + resolvingBelow.size() >= Parameters.DEPTH_MAX;
  }

  private String expand(String text, int charsMax) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    return shared.times().replace(Placeholders.replace(text, this::find, charsMax));
  }

  private String localIn(String name) {
    for (Parameter parameter : local) {
      if (parameter.direction() == Parameter.Direction.IN && parameter.prop().equals(name)) {
        return parameter.value() == null ? "" : parameter.value();
      }
    }
    return "";
  }

  private void see(String name, String value) {
    seenBytes += StoredBytes.of(name, value);
    if (seenBytes > Parameters.TOGETHER_BYTES_MAX) {
      throw Placeholders.TextTooLarge.together(Parameters.TOGETHER_BYTES_MAX, "bytes");
    }
    if (seen.isEmpty()) {
      seen = new LinkedHashMap<>();
    }
    seen.put(name, value);
  }
}
