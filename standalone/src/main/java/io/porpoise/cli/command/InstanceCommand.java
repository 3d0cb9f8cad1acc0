package io.porpoise.cli.command;

import picocli.CommandLine.Command;

/** {@code porpoise instance …}. */
@Command(
    name = "instance",
    description = "Shows and steers workflow instances.",
    subcommands = {
      InstanceGetCommand.class,
      InstanceListCommand.class,
      InstanceEventsCommand.class,
      InstanceActionCommand.Stop.class,
      InstanceActionCommand.Pause.class,
      InstanceActionCommand.Resume.class,
      InstanceActionCommand.Rerun.class,
      InstanceActionCommand.RecoverFailed.class
    })
public final class InstanceCommand {}
