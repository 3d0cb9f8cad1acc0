package io.porpoise.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.porpoise.cli.client.ApiClient;
import io.porpoise.cli.doctor.Doctor;
import io.porpoise.cli.doctor.Finding;
import io.porpoise.cli.terminal.CliException;
import io.porpoise.cli.terminal.Terminal;
import io.porpoise.cli.terminal.Terminal.Style;
import io.porpoise.node.config.Config;
import io.porpoise.node.config.ConfigException;
import io.porpoise.node.config.ConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code porpoise doctor}: is everything there that Porpoise needs? */
@Command(
    name = "doctor",
    description =
        "Looks at server, clock, database, ZooKeeper, disk and ports; exits 1 if one is bad.")
public final class DoctorCommand implements Callable<Integer> {
  @Mixin private CommandOptions options;

  @Option(
      names = "--conf",
      paramLabel = "DIR",
      description = "The configuration; else PORPOISE_CONF, else conf beside the scripts.")
  private Path conf;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "As for a server.")
  private List<String> settings = new ArrayList<>();

  @Override
  public Integer call() {
    Config config = config();
    Path home = Path.of(System.getProperty("porpoise.home", "."));
    Path data = home.resolve(config.node().data());
    List<Finding> findings = new Doctor(options.api(), config, data).examine();
    print(findings);
    boolean isWell = findings.stream().noneMatch(f -> f.verdict() == Finding.Verdict.BAD);
    return isWell ? 0 : CliException.FAILURE;
  }

  private Config config() {
    Map<String, String> environment = options.environment();
    Path directory = conf;
    if (directory == null) {
      String given = environment.get("PORPOISE_CONF");
      directory =
          given == null
              ? Path.of(System.getProperty("porpoise.home", ".")).resolve("conf")
              : Path.of(given);
    }
    if (conf != null && !Files.isDirectory(conf)) {
      throw CliException.usage("--conf " + conf + ": there is no such directory");
    }
    try {
      return ConfigLoader.load(directory, "standalone", environment, settings);
    } catch (ConfigException e) {
      throw CliException.failure(e.getMessage(), e);
    }
  }

  private void print(List<Finding> findings) {
    if (options.isJson()) {
      ArrayNode all = ApiClient.JSON.createArrayNode();
      findings.forEach(
          f ->
              all.addObject()
                  .put("subject", f.subject())
                  .put("verdict", f.verdict().name())
                  .put("text", f.text()));
      options.printJson(all);
      return;
    }
    Terminal terminal = options.terminal();
    for (Finding finding : findings) {
      Style style =
          switch (finding.verdict()) {
            case OK -> Style.GOOD;
            case NOTE -> Style.DIM;
            case BAD -> Style.BAD;
          };
      String verdict =
          "%-4s".formatted(finding.verdict().name().toLowerCase(java.util.Locale.ROOT));
      terminal.line(
          terminal.styled(style, verdict)
              + " %-10s %s".formatted(finding.subject(), finding.text()));
    }
  }
}
