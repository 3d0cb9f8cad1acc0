package io.porpoise.definition.document;

import io.porpoise.definition.ReleaseState;
import io.porpoise.definition.ScheduleSettings;
import io.porpoise.definition.WorkflowDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A workflow file, read and checked: the definition and what else the file may say. Nulls mean "not
 * said".
 *
 * <p>The project and the release state belong to the workflow, not to a version of it, so the
 * stored form and its comparison leave them out.
 *
 * @param project as the file names it
 * @param isRunAsked PyDolphinScheduler's {@code run}: whoever applies the file is asked to start it
 *     too; a save never does
 * @param kept settings that are stored and given back, but not acted upon yet: user, warning_type,
 *     ...
 */
public record WorkflowDocument(
    String project,
    ReleaseState releaseState,
    boolean isRunAsked,
    ScheduleSettings schedule,
    Map<String, Object> kept,
    WorkflowDefinition definition) {
  public WorkflowDocument {
    kept = Collections.unmodifiableMap(new LinkedHashMap<>(kept));
  }

  /** A document that says nothing beyond its definition. */
  public static WorkflowDocument of(WorkflowDefinition definition) {
    return new WorkflowDocument(null, null, false, ScheduleSettings.NONE, Map.of(), definition);
  }

  /** The same as it stands in a project, to be shown to people. */
  public WorkflowDocument in(String newProject, ReleaseState newReleaseState) {
    return new WorkflowDocument(newProject, newReleaseState, false, schedule, kept, definition);
  }
}
