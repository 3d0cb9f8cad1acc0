package io.porpoise.conformance.form;

import java.util.ArrayList;
import java.util.List;

/**
 * What a case speaks of. An instance: {@code workflow} (the first that was started), {@code
 * instance 2}, {@code child of call} (what the task "call" has started), {@code child of inner of
 * child of call}. A task: {@code A}, {@code A of instance 2}, {@code A of child of call}.
 *
 * @param task null: the instance itself
 * @param instance counts the starts of the case, from 1
 * @param descent the tasks whose children lead to the instance, outermost first
 */
public record Subject(String task, int instance, List<String> descent) {
  private static final String CHILD = "child of ";
  private static final String OF = " of ";

  static Subject parse(Item at, String text) {
    if (text.equals("workflow")) {
      return new Subject(null, 1, List.of());
    }
    if (text.matches("instance [1-9][0-9]?")) {
      return new Subject(null, Integer.parseInt(text.substring("instance ".length())), List.of());
    }
    if (text.startsWith(CHILD)) {
      Subject parent = parse(at, text.substring(CHILD.length()));
      if (parent.task == null) {
        throw at.bad("'%s' should be: child of TASK, or child of TASK of INSTANCE", text);
      }
      List<String> descent = new ArrayList<>(parent.descent);
      descent.add(parent.task);
      return new Subject(null, parent.instance, descent);
    }
    int of = text.indexOf(OF);
    if (of < 0) {
      return new Subject(text, 1, List.of());
    }
    Subject instance = parse(at, text.substring(of + OF.length()));
    if (instance.task != null) {
      throw at.bad("'%s' should be: TASK of workflow, of instance N, or of child of TASK", text);
    }
    return new Subject(text.substring(0, of), instance.instance, instance.descent);
  }

  /** The instance that it is, or that the task belongs to. */
  public Subject ofInstance() {
    return new Subject(null, instance, descent);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(task == null ? "" : task + OF);
    for (int i = descent.size() - 1; i >= 0; i--) {
      text.append(CHILD).append(descent.get(i)).append(OF);
    }
    return text.append("instance ").append(instance).toString();
  }
}
