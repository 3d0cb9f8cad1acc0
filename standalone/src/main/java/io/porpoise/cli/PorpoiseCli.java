package io.porpoise.cli;

import io.porpoise.cli.command.ClusterCommand;
import io.porpoise.cli.command.CommandOptions;
import io.porpoise.cli.command.DoctorCommand;
import io.porpoise.cli.command.InstanceCommand;
import io.porpoise.cli.command.LoginCommand;
import io.porpoise.cli.command.LogsCommand;
import io.porpoise.cli.command.RunCommand;
import io.porpoise.cli.command.ServerCommand;
import io.porpoise.cli.command.TaskCommand;
import io.porpoise.cli.command.TaskGroupCommand;
import io.porpoise.cli.command.WhyCommand;
import io.porpoise.cli.command.WorkflowCommand;
import io.porpoise.cli.terminal.CliException;
import io.porpoise.cli.terminal.Terminal;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/**
 * The command line. Exit codes: 0 done, 1 failed, 2 wrong usage. Errors are one line on the
 * standard error output; a stack trace is shown to nobody who has not asked for it with
 * PORPOISE_TRACE=1.
 */
@Command(
    name = "porpoise",
    description = "Porpoise, a distributed workflow scheduler.",
    versionProvider = PorpoiseCli.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "porpoise COMMAND --help says more about a command."},
    subcommands = {
      ServerCommand.class,
      LoginCommand.class,
      WorkflowCommand.class,
      RunCommand.class,
      InstanceCommand.class,
      TaskCommand.class,
      TaskGroupCommand.class,
      LogsCommand.class,
      WhyCommand.class,
      ClusterCommand.class,
      DoctorCommand.class
    })
public final class PorpoiseCli {
  private PorpoiseCli() {}

  public static void main(String[] args) {
    CommandLine commandLine = commandLine(Terminal.standard(System.getenv()), System.getenv());
    int exitCode = commandLine.execute(args);
    CommandLine last = lastOf(commandLine);
    // A service goes on after its command has returned; everything else ends here.
    boolean isService =
        last.getCommandName().equals("server")
            && exitCode == 0
            && last.getExecutionResult() == null
            && last.getParseResult().matchedPositionals().size() == 1;
    if (!isService) {
      System.exit(exitCode);
    }
  }

  static CommandLine commandLine(Terminal terminal, Map<String, String> environment) {
    CommandLine commandLine = new CommandLine(new PorpoiseCli(), factory(terminal, environment));
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.setUsageHelpLongOptionsMaxWidth(28);
    withHelp(commandLine);
    commandLine.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            terminal.hasColours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    commandLine.setParameterExceptionHandler((e, args) -> usage(terminal, e));
    commandLine.setExecutionExceptionHandler((e, command, result) -> failure(terminal, e));
    return commandLine;
  }

  /** Commands get terminal and environment through their options, so that tests can give others. */
  private static CommandLine.IFactory factory(Terminal terminal, Map<String, String> environment) {
    CommandLine.IFactory usual = CommandLine.defaultFactory();
    return new CommandLine.IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        return type == CommandOptions.class
            ? type.cast(new CommandOptions(terminal, environment))
            : usual.create(type);
      }
    };
  }

  /** Every command has --help, those below other commands as well. */
  private static void withHelp(CommandLine commandLine) {
    commandLine.getCommandSpec().mixinStandardHelpOptions(true);
    commandLine.getSubcommands().values().forEach(PorpoiseCli::withHelp);
  }

  private static int usage(Terminal terminal, ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String line = e.getMessage().replaceAll("\\s*\\R\\s*", " ");
    terminal.error(line + " (" + command + " --help)");
    return CliException.USAGE;
  }

  private static int failure(Terminal terminal, Exception e) {
    if ("1".equals(System.getenv("PORPOISE_TRACE"))) {
      e.printStackTrace();
    }
    if (e instanceof CliException known) {
      terminal.error(known.getMessage());
      return known.exitCode();
    }
    terminal.error("unexpected " + e + " (PORPOISE_TRACE=1 shows where; please report it)");
    return CliException.FAILURE;
  }

  private static CommandLine lastOf(CommandLine commandLine) {
    CommandLine.ParseResult result = commandLine.getParseResult();
    while (result != null && result.subcommand() != null) {
      result = result.subcommand();
    }
    return result == null ? commandLine : result.commandSpec().commandLine();
  }

  /** The version of this build, from the manifest of its jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = PorpoiseCli.class.getPackage().getImplementationVersion();
      return new String[] {"porpoise " + (version == null ? "(not from a jar)" : version)};
    }
  }
}
