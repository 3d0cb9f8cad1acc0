package io.porpoise.cli.source;

import io.porpoise.cli.terminal.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What {@code ${CONFIG.KEY}} means: the variable {@code PYDS_KEY}, as PyDolphinScheduler has it,
 * else {@code key} in {@code config.yaml} of the user's configuration directory.
 */
public final class AuthorSettings {
  private final Map<String, String> environment;
  private final Path file;

  public AuthorSettings(Map<String, String> environment, Path directory) {
    this.environment = Map.copyOf(environment);
    this.file = directory.resolve("config.yaml");
  }

  /** The value of an environment variable, or null. */
  String variable(String name) {
    return environment.get(name);
  }

  String config(String key) {
    String upper = key.toUpperCase(Locale.ROOT);
    String fromEnvironment = environment.get("PYDS_" + upper);
    if (fromEnvironment != null) {
      return fromEnvironment;
    }
    Object value = settings().get(key.toLowerCase(Locale.ROOT));
    if (value == null) {
      throw CliException.failure(
          "${CONFIG.%s} is not set: export PYDS_%s, or write %s: into %s"
              .formatted(key, upper, key.toLowerCase(Locale.ROOT), file));
    }
    return value.toString();
  }

  private Map<?, ?> settings() {
    try {
      Object loaded =
          new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
      return loaded instanceof Map<?, ?> map ? map : Map.of();
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IOException | YamlEngineException e) {
      throw CliException.failure(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
