package io.porpoise.conformance;

import io.porpoise.conformance.form.Case;
import io.porpoise.conformance.form.Document;
import io.porpoise.conformance.stack.Stack;
import io.porpoise.definition.document.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes workflow files out of those of a case: with commands, slowed down, with groups of its own.
 */
final class Documents {
  private static final Set<String> DURATIONS =
      Set.of("timeout", "delay_time", "fail_retry_interval", "dispatch_timeout");
  private static final String GROUP = "task_group_name";

  private final Case played;
  private final Stack stack;

  Documents(Case played, Stack stack) {
    this.played = played;
    this.stack = stack;
  }

  /** The name under which a task group stands in a server that it shares with other cases. */
  String group(String name) {
    return played.name().replace('/', '.') + "." + name;
  }

  Map<String, Object> complete(Document document) {
    List<Object> tasks = new ArrayList<>();
    for (Object task : (List<?>) document.fields().get("tasks")) {
      Map<String, Object> fields = slow((Map<?, ?>) task);
      String name = String.valueOf(fields.get("name"));
      if ("Shell".equals(fields.get("task_type"))) {
        String command = stack.command(name, played.deeds(name));
        fields.putIfAbsent("command", command);
      }
      fields.computeIfPresent(GROUP, (key, group) -> group(group.toString()));
      tasks.add(fields);
    }
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("workflow", slow((Map<?, ?>) document.fields().get("workflow")));
    whole.put("tasks", tasks);
    return whole;
  }

  private Map<String, Object> slow(Map<?, ?> fields) {
    Map<String, Object> slower = new LinkedHashMap<>();
    fields.forEach((key, value) -> slower.put(key.toString(), slow(key.toString(), value)));
    return slower;
  }

  private Object slow(String key, Object value) {
    Duration duration =
        DURATIONS.contains(key) && stack.slowness() > 1
            ? Durations.parse(String.valueOf(value))
            : null;
    return duration == null ? value : Durations.print(duration.multipliedBy(stack.slowness()));
  }
}
