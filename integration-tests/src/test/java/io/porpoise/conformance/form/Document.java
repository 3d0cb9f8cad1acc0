package io.porpoise.conformance.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A workflow file as it stands in a case; what goes without saying is added: the name {@code flow},
 * and tasks are Shell tasks.
 *
 * @param fields as in a workflow file
 */
public record Document(String name, Map<String, Object> fields) {
  private static final String NAME = "flow";

  static Document read(Item item) {
    Map<String, Item> sections = item.fields("workflow", "tasks");
    Map<String, Object> workflow =
        sections.containsKey("workflow")
            ? sections.get("workflow").plainFields()
            : new LinkedHashMap<>();
    String name = workflow.computeIfAbsent("name", key -> NAME).toString();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("workflow", workflow);
    if (!sections.containsKey("tasks")) {
      throw item.bad("a workflow needs tasks");
    }
    List<Object> tasks = new ArrayList<>();
    for (Item task : sections.get("tasks").items()) {
      Map<String, Object> of = task.plainFields();
      of.putIfAbsent("task_type", "Shell");
      tasks.add(of);
    }
    fields.put("tasks", tasks);
    return new Document(name, fields);
  }
}
