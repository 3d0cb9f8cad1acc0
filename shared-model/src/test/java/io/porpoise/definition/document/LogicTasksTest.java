package io.porpoise.definition.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.porpoise.definition.Edge;
import io.porpoise.definition.TaskDefinition;
import io.porpoise.definition.WorkflowDefinition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogicTasksTest {
  private static WorkflowDocument read(String text) {
    ReadResult result = DocumentReader.read(text, TaskTypes.all());
    assertThat(result.errors()).isEmpty();
    return result.document();
  }

  @Test
  void logic_tasks_make_edges_by_themselves() {
    WorkflowDefinition definition =
        read("""
                workflow: {name: w}
                tasks:
                  - {name: extract, task_type: SHELL, raw_script: x}
                  - {name: big, task_type: shell, command: x}
                  - {name: small, task_type: shell, command: x}
                  - {name: route, task_type: Switch, deps: [extract], condition: [{task: big, condition: "${rows} > 1000"}, {task: small}]}
                  - name: check
                    task_type: conditions
                    success_task: publish
                    failed_task: repair
                    op: and
                    groups:
                      - op: AND
                        groups: [{task: big, flag: true}, {task: small, flag: false}]
                  - {name: publish, task_type: Shell, command: x}
                  - {name: repair, task_type: Shell, command: x}
                  - {name: child, task_type: Sub_Workflow, workflow_name: other_workflow}
                  - name: wait_for
                    task_type: Dependent
                    denpendence:
                    op: and
                    groups:
                      - op: or
                        groups:
                          - {project_name: p, workflow_name: w, dependent_task_name: t, dependent_date: LAST_TWENTY_FOUR_HOURS}
                          - {project_name: p, workflow_name: w, dependent_date: last_wednesday}
                          - {project_name: p, workflow_name: w}
                """)
            .definition();

    assertThat(definition.edges())
        .containsExactlyInAnyOrder(
            new Edge("extract", "route"),
            new Edge("route", "big"),
            new Edge("route", "small"),
            new Edge("big", "check"),
            new Edge("small", "check"),
            new Edge("check", "publish"),
            new Edge("check", "repair"));
    assertThat(definition.tasks())
        .extracting(TaskDefinition::taskType)
        .containsExactly(
            "SHELL",
            "SHELL",
            "SHELL",
            "SWITCH",
            "CONDITIONS",
            "SHELL",
            "SHELL",
            "SUB_WORKFLOW",
            "DEPENDENT");
    assertThat(definition.tasks().get(8).taskParams().toString())
        .isEqualTo(
            "{op=AND, groups=[{op=OR, groups=["
                + "{project_name=p, workflow_name=w, dependent_task_name=t, dependent_date=last24Hours}, "
                + "{project_name=p, workflow_name=w, dependent_task_name=0, dependent_date=lastWednesday}, "
                + "{project_name=p, workflow_name=w, dependent_task_name=0, dependent_date=today}]}]}");
  }

  @Test
  void a_workflow_of_the_same_name_in_another_project_may_be_a_sub_workflow() {
    String text =
        "workflow: {name: w, project: mine}\n"
            + "tasks: [{name: t, task_type: SubWorkflow, workflow_name: w, project: %s}]";
    TaskTypes types = TaskTypes.standard();

    assertThat(DocumentReader.read(text.formatted("other"), types).isValid()).isTrue();
    assertThat(DocumentReader.read(text.formatted("mine"), types).isValid()).isFalse();
    assertThat(DocumentReader.read(text.formatted("mine"), types, "saved_here").isValid()).isTrue();
    assertThat(DocumentReader.read(text.formatted("saved_here"), types, "saved_here").isValid())
        .isFalse();
  }

  @Test
  void the_default_branch_of_a_switch_comes_last_wherever_it_is_written() {
    WorkflowDocument document =
        read(
            """
            workflow: {name: w}
            tasks:
              - {name: a, task_type: Shell, command: x}
              - {name: b, task_type: Shell, command: x}
              - {name: s, task_type: Switch, condition: [{task: a}, {task: b, condition: "${x} > 1"}]}
            """);

    assertThat(document.definition().tasks().get(2).taskParams().get("condition"))
        .isEqualTo(List.of(Map.of("task", "b", "condition", "${x} > 1"), Map.of("task", "a")));
  }
}
