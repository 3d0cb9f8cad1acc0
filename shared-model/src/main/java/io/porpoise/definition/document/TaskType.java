package io.porpoise.definition.document;

import java.util.List;
import java.util.Locale;

/**
 * A task type that documents may name.
 *
 * @param name as the definition has it: upper case
 * @param spelling as documents are told to write it
 * @param aliases other spellings; case, blanks, {@code _} and {@code -} do not matter in any of
 *     them
 * @param runsOnMaster logic tasks; they cost no worker
 * @param isSupported whether this server can run it; if not, a document with it is refused
 * @param fields its own keys
 * @param isOpen takes any other key as it is
 */
public record TaskType(
    String name,
    String spelling,
    List<String> aliases,
    boolean runsOnMaster,
    boolean isSupported,
    List<TaskField> fields,
    boolean isOpen) {
  static TaskType onWorker(String name, String spelling, TaskField... fields) {
    return new TaskType(name, spelling, List.of(), false, true, List.of(fields), false);
  }

  static TaskType onMaster(String name, String spelling, TaskField... fields) {
    return new TaskType(name, spelling, List.of(), true, true, List.of(fields), false);
  }

  /** Known by name only, so that its error says "not yet" instead of "unknown". */
  static TaskType later(String name, String spelling, String... aliases) {
    return new TaskType(name, spelling, List.of(aliases), false, false, List.of(), true);
  }

  TaskType alias(String... others) {
    return new TaskType(name, spelling, List.of(others), runsOnMaster, isSupported, fields, isOpen);
  }

  TaskType supported(boolean supported) {
    return new TaskType(name, spelling, aliases, runsOnMaster, supported, fields, isOpen);
  }

  static String key(String spelling) {
    return spelling.strip().toUpperCase(Locale.ROOT).replaceAll("[ _-]", "");
  }
}
