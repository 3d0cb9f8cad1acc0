package io.porpoise.definition.document;

import java.util.List;
import java.util.function.Function;

/**
 * A key that a task type has beyond the attributes of all tasks.
 *
 * @param key as it is stored in the task's params
 * @param aliases other spellings that documents may use
 * @param reader checks the value and gives what is stored: texts, Integers, Booleans, Lists and
 *     Maps only; null: accepted, but not stored
 */
public record TaskField(
    String key, List<String> aliases, boolean isRequired, Function<Value, Object> reader) {
  public static TaskField required(String key, Function<Value, Object> reader, String... aliases) {
    return new TaskField(key, List.of(aliases), true, reader);
  }

  public static TaskField optional(String key, Function<Value, Object> reader, String... aliases) {
    return new TaskField(key, List.of(aliases), false, reader);
  }
}
