package io.porpoise.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the command line of a process says.
 *
 * @param conf directory of the configuration files
 * @param settings {@code key=value}, on top of everything else
 */
record LaunchOptions(Path conf, List<String> settings, boolean isHelp, boolean isVersion) {
  static final String USAGE =
      "usage: [--conf DIR] [--set KEY=VALUE]... [--help] [--version]; conf/porpoise.yaml lists all keys";

  LaunchOptions {
    settings = List.copyOf(settings);
  }

  /**
   * @throws IllegalArgumentException with one line for the user
   */
  static LaunchOptions parse(String[] arguments, Map<String, String> environment) {
    Path conf = Path.of(environment.getOrDefault("PORPOISE_CONF", "conf"));
    List<String> settings = new ArrayList<>();
    boolean isHelp = false;
    boolean isVersion = false;
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (argument.equals("--help") || argument.equals("-h")) {
        isHelp = true;
      } else if (argument.equals("--version")) {
        isVersion = true;
      } else if (argument.startsWith("--set=")) {
        settings.add(argument.substring(6));
      } else if (argument.startsWith("--conf=")) {
        conf = Path.of(argument.substring(7));
      } else if (argument.equals("--set") || argument.equals("--conf")) {
        if (++i == arguments.length) {
          throw new IllegalArgumentException(argument + " wants a value; " + USAGE);
        }
        if (argument.equals("--set")) {
          settings.add(arguments[i]);
        } else {
          conf = Path.of(arguments[i]);
        }
      } else {
        throw new IllegalArgumentException("unknown argument '" + argument + "'; " + USAGE);
      }
    }
    return new LaunchOptions(conf, settings, isHelp, isVersion);
  }
}
