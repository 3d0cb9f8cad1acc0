package io.porpoise.cli.source;

import java.nio.file.Path;
import java.util.List;

/**
 * A workflow file, ready to be sent.
 *
 * @param text with every placeholder resolved, its lines where the author put them
 * @param name of the workflow as the file says, or empty if it does not say, or is no YAML
 * @param project as the file says, or empty
 * @param needs the workflows that it refers to with {@code $WORKFLOW}; they must be applied first
 */
public record WorkflowSource(
    Path file, String text, String name, String project, List<WorkflowSource> needs) {
  public WorkflowSource {
    needs = List.copyOf(needs);
  }
}
