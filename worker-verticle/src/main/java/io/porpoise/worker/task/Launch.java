package io.porpoise.worker.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a process is started.
 *
 * @param files to be written into the attempt's directory before, by name
 * @param arguments the program and its arguments; run in the attempt's work directory
 * @param environment the task's variables, beside the few that every process gets
 */
public record Launch(
    Map<String, String> files, List<String> arguments, Map<String, String> environment) {
  public Launch {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    arguments = List.copyOf(arguments);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }
}
