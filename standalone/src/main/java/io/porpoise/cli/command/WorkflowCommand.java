package io.porpoise.cli.command;

import picocli.CommandLine.Command;

/** {@code porpoise workflow …}. */
@Command(
    name = "workflow",
    description = "Applies, checks and shows workflow definitions.",
    subcommands = {
      WorkflowApplyCommand.class,
      WorkflowValidateCommand.class,
      WorkflowGetCommand.class,
      WorkflowListCommand.class
    })
public final class WorkflowCommand {}
