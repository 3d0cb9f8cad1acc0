package io.porpoise.definition.document;

import io.porpoise.definition.LogicTasks;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.document.TaskReader.ReadTask;
import java.util.ArrayList;
import java.util.List;

/**
 * Something outside of a document that one of its tasks names; whether it is there the text alone
 * cannot tell.
 *
 * @param project of a workflow; null: the document's own
 * @param line of the name
 */
public record Mention(Kind kind, String project, String name, int line, int column, String path) {
  /** What is named. */
  public enum Kind {
    TASK_GROUP,
    WORKFLOW
  }

  /** Says at its place what is wrong with it. */
  public DocumentError error(String message) {
    return new DocumentError(line, column, path, message);
  }

  /** In the order of the tasks; names that are made of placeholders are left out. */
  static List<Mention> of(List<ReadTask> tasks, String project) {
    List<Mention> mentions = new ArrayList<>();
    for (ReadTask read : tasks) {
      TaskDefinition task = read.task();
      if (task.taskGroup() != null) {
        Value place = read.place().at("task_group_name", "task_group_id");
        mentions.add(at(place, Kind.TASK_GROUP, null, task.taskGroup()));
      }
      if (LogicTasks.isSubWorkflow(task)) {
        LogicTasks.SubWorkflow child = LogicTasks.subWorkflow(task.taskParams());
        String in = child.project() == null ? project : child.project();
        if (child.workflow().indexOf('$') < 0 && (in == null || in.indexOf('$') < 0)) {
          Value place = read.place().at("workflow_name", "process_definition_name");
          mentions.add(at(place, Kind.WORKFLOW, in, child.workflow()));
        }
      }
    }
    return mentions;
  }

  private static Mention at(Value place, Kind kind, String project, String name) {
    return new Mention(
        kind, project, name, place.node().line(), place.node().column(), place.path());
  }
}
