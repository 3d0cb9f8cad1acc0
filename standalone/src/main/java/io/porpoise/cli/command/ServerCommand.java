package io.porpoise.cli.command;

import io.porpoise.cli.terminal.CliException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** {@code porpoise server …}: becomes one of the services; their options are passed through. */
@Command(
    name = "server",
    description = {
      "Runs a service in this process: standalone, master, worker, api or alert.",
      "--set key=value and the other options of a service are passed on to it."
    })
public final class ServerCommand implements Callable<Integer> {
  // By name, so that a client command does not load a server.
  private static final Map<String, String> MAINS =
      new TreeMap<>(
          Map.of(
              "standalone", "io.porpoise.standalone.StandaloneMain",
              "master", "io.porpoise.master.MasterMain",
              "worker", "io.porpoise.worker.WorkerMain",
              "api", "io.porpoise.api.ApiMain",
              "alert", "io.porpoise.alert.AlertMain"));

  @Parameters(
      index = "0",
      paramLabel = "SERVICE",
      description = "standalone, master, worker, api or alert.")
  private String service;

  @Unmatched private List<String> passedOn = new ArrayList<>();

  @Override
  public Integer call() {
    String main = MAINS.get(service);
    if (main == null) {
      throw CliException.usage("unknown service " + service + "; there are " + MAINS.keySet());
    }
    try {
      Class.forName(main)
          .getMethod("main", String[].class)
          .invoke(null, (Object) passedOn.toArray(String[]::new));
      // The service lives on in its own threads; whoever ends it sets the exit code.
      return null;
    } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException e) {
      throw CliException.failure("this build has no " + service, e);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw CliException.failure(service + " did not start: " + e.getCause(), e.getCause());
    }
  }
}
