package io.porpoise.cli.command;

import picocli.CommandLine.Command;

/** {@code porpoise task …}. */
@Command(
    name = "task",
    description = "Steers single task instances.",
    subcommands = {TaskActionCommand.Kill.class, TaskActionCommand.ForceSuccess.class})
public final class TaskCommand {}
