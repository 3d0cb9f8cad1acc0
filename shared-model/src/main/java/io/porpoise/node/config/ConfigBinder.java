package io.porpoise.node.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the records from texts by key; {@link Config} and its components are the schema. */
final class ConfigBinder {
  private ConfigBinder() {}

  /** Every key, in the order of the records. */
  static List<String> keys() {
    return List.copyOf(components().keySet());
  }

  /** Every key with its default in the notation of the file. */
  static Map<String, String> defaults() {
    Map<String, String> defaults = new LinkedHashMap<>();
    components().forEach((key, component) -> defaults.put(key, setting(component).value()));
    return defaults;
  }

  /**
   * The records for what was given, and defaults for the rest. The keys must be known.
   *
   * @throws ConfigException for the first bad value, in the order of the records
   */
  static Config bind(Map<String, Given> given) {
    RecordComponent[] sections = Config.class.getRecordComponents();
    Object[] values = new Object[sections.length];
    for (int i = 0; i < sections.length; i++) {
      values[i] = section(sections[i], given);
    }
    return (Config) construct(Config.class, values);
  }

  private static Object section(RecordComponent section, Map<String, Given> given) {
    RecordComponent[] components = section.getType().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String key = key(section, components[i]);
      Given value = given.get(key);
      values[i] = value == null ? fallback(components[i]) : value(key, components[i], value);
    }
    return construct(section.getType(), values);
  }

  private static Object fallback(RecordComponent component) {
    Setting setting = setting(component);
    return ValueParser.parse(component.getGenericType(), List.of(setting.value()), setting);
  }

  private static Object value(String key, RecordComponent component, Given given) {
    try {
      return ValueParser.parse(component.getGenericType(), given.values(), setting(component));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ConfigException(
          "%s: %s is '%s' but must be %s"
              .formatted(given.where(), key, String.join(",", given.values()), e.getMessage()));
    }
  }

  private static Map<String, RecordComponent> components() {
    Map<String, RecordComponent> components = new LinkedHashMap<>();
    for (RecordComponent section : Config.class.getRecordComponents()) {
      for (RecordComponent component : section.getType().getRecordComponents()) {
        components.put(key(section, component), component);
      }
    }
    return components;
  }

  private static String key(RecordComponent section, RecordComponent component) {
    return section.getName() + "." + snakeCase(component.getName());
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static Setting setting(RecordComponent component) {
    return component.getAnnotation(Setting.class);
  }

  private static Object construct(Class<?> record, Object[] values) {
    Class<?>[] types =
        Arrays.stream(record.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return record.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
