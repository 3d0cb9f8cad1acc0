package io.porpoise.node.config;

import io.porpoise.text.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Puts the layers of the configuration on top of each other: {@code porpoise.yaml}, {@code
 * <service>.yaml}, environment, {@code --set}; and refuses what it does not know.
 */
public final class ConfigLoader {
  private static final String PREFIX = "PORPOISE_";

  /** Variables of the scripts and the command line: no keys. */
  private static final Set<String> NO_KEYS =
      Set.of(
          "PORPOISE_CONF",
          "PORPOISE_NO_BUILD",
          "PORPOISE_SERVER",
          "PORPOISE_TRACE",
          "PORPOISE_HOME",
          "PORPOISE_JAVA",
          "PORPOISE_JAVA_OPTS",
          "PORPOISE_URL",
          "PORPOISE_USER",
          "PORPOISE_PASSWORD",
          "PORPOISE_PROJECT",
          "PORPOISE_TOKEN");

  /**
   * What Kubernetes puts into every container when there is a service of the name porpoise or
   * porpoise-….
   */
  private static final Pattern KUBERNETES_LINK =
      Pattern.compile(
          "PORPOISE_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP)(_(PROTO|PORT|ADDR))?)");

  private ConfigLoader() {}

  /**
   * The configuration of one process.
   *
   * @param directory of the files; it need not exist, nor any of them
   * @param service {@code standalone}, {@code master}, {@code worker}, {@code api} or {@code alert}
   * @param settings of {@code --set}, each {@code key=value}; the last one of a key counts
   * @throws ConfigException with one line that names the place, the key, the value and what is
   *     allowed
   */
  public static Config load(
      Path directory, String service, Map<String, String> environment, List<String> settings) {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new ConfigException("--conf " + directory + ": is not a directory");
    }
    Map<String, Given> given = new HashMap<>();
    given.putAll(known(YamlLayer.read(directory.resolve("porpoise.yaml"))));
    given.putAll(known(YamlLayer.read(directory.resolve(service + ".yaml"))));
    given.putAll(fromEnvironment(environment));
    given.putAll(known(fromOptions(settings)));
    Config config = ConfigBinder.bind(given);
    ConfigRules.check(config);
    return config;
  }

  /**
   * The environment variable of a key: {@code database.pool_size} is {@code
   * PORPOISE_DATABASE_POOL_SIZE}.
   */
  public static String variableOf(String key) {
    return PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private static Map<String, Given> known(Map<String, Given> layer) {
    List<String> keys = ConfigBinder.keys();
    layer.forEach(
        (key, given) -> {
          if (!keys.contains(key)) {
            throw new ConfigException(
                "%s: unknown key '%s' (value '%s')%s"
                    .formatted(
                        given.where(),
                        key,
                        shown(key, given),
                        Nearest.to(key, keys)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("; conf/porpoise.yaml lists all keys")));
          }
        });
    return layer;
  }

  /** A misspelt password is still a password. */
  private static String shown(String key, Given given) {
    boolean isSecret = key.matches(".*(pas|word|sec).*");
    return isSecret ? "(secret)" : String.join(",", given.values());
  }

  private static Map<String, Given> fromEnvironment(Map<String, String> environment) {
    Map<String, String> keyByVariable = new TreeMap<>();
    ConfigBinder.keys().forEach(key -> keyByVariable.put(variableOf(key), key));
    Map<String, Given> layer = new HashMap<>();
    new TreeMap<>(environment)
        .forEach(
            (variable, value) -> {
              String key = keyByVariable.get(variable);
              if (key != null && !isLink(variable, value)) {
                layer.put(key, new Given(List.of(value), variable));
              } else if (variable.startsWith(PREFIX) && !isNoKey(variable, value)) {
                throw new ConfigException(
                    "unknown environment variable %s%s"
                        .formatted(
                            variable,
                            Nearest.to(variable, keyByVariable.keySet())
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; conf/porpoise.yaml lists all keys")));
              }
            });
    return layer;
  }

  private static boolean isNoKey(String variable, String value) {
    return NO_KEYS.contains(variable)
        || KUBERNETES_LINK.matcher(variable).matches()
        || isLink(variable, value);
  }

  /** A service porpoise-api gives every container a PORPOISE_API_PORT that is a URI. */
  private static boolean isLink(String variable, String value) {
    return variable.endsWith("_PORT") && value.contains("://");
  }

  private static Map<String, Given> fromOptions(List<String> settings) {
    Map<String, Given> layer = new HashMap<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new ConfigException("--set " + setting + ": must be key=value");
      }
      String key = setting.substring(0, equals).strip();
      layer.put(key, new Given(List.of(setting.substring(equals + 1)), "--set"));
    }
    return layer;
  }
}
