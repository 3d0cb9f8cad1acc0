package io.porpoise.conformance.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form of cases, and what is said about files that are not of it. */
class CaseReaderTest {
  private static final Path CASES = Path.of("cases").toAbsolutePath();
  private static final String HEAD =
      """
      title: a case
      given:
        tasks: [{name: A}]
      """;

  private static Case read(String text) {
    return CaseReader.read(CASES, CASES.resolve("feature/situation.yaml"), text);
  }

  @Test
  void what_goes_without_saying_is_added() {
    Case read = read(HEAD + "expect: {workflow: SUCCEEDED}\n");

    assertThat(read.name()).isEqualTo("feature/situation");
    assertThat(read.given().get(0).name()).isEqualTo("flow");
    assertThat(read.deeds("A")).containsExactly(Deed.SUCCEED);
    assertThat(read.steps()).hasSize(1);
    assertThat(read.steps().get(0).act()).isEqualTo(new Step.Start(null, Map.of()));
  }

  @Test
  void a_subject_is_found_through_children_and_instances() {
    Case read =
        read(HEAD + "expect: {A of child of inner of child of outer of instance 2: none}\n");

    assertThat(read.expectation().subjects().get(0).subject())
        .isEqualTo(new Subject("A", 2, List.of("outer", "inner")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          expects: {}                        | 4: unknown key 'expects'; allowed: title, only
          expect: {workflow: SUCCESS}        | 4: there is no state 'SUCCESS' of instance 1
          expect: {A: {attempt: 2}}          | 4: unknown key 'attempt'; allowed: state, attempts
          expect: {took: soon}               | 4: 'soon' is no duration such as
          expect: {events: [A fails]}        | 4: 'A fails' is no event; allowed:
          when: [restart]                    | 4: 'restart' is nothing that one does; allowed: start
          when: [pause once A runs]          | 4: 'A runs' is no condition; allowed: SUBJECT is STATE
          when: [pause A]                    | 4: 'A' is a task; pause is for instances
          when: [kill workflow]              | 4: 'workflow' is no task
          script: {B: [succeed]}             | 4: there is no task 'B'; given: [A]
          script: {A: [works]}               | 4: 'works' is nothing that a task does; allowed:
          script: {A: [hang after 1s]}       | 4: who hangs does nothing after 1s
          worker_slots: 1                    | 4: worker_slots needs: only: {simulated: why}
          title: again                       | 4: 'title' stands here twice
          when: [start                       | not valid YAML
          task_groups: {db: many}            | 4: a number is wanted here, not 'many'
          when: [start]                      | 1: a case needs 'expect'
          """)
  void what_is_not_of_the_form_is_refused_with_its_place(String line, String message) {
    assertThatThrownBy(() -> read(HEAD + line + "\n"))
        .isInstanceOf(BadCase.class)
        .hasMessageStartingWith("cases/feature/situation.yaml:")
        .hasMessageContaining(message);
  }

  @Test
  void every_case_has_a_title_of_its_own_and_is_no_copy() {
    List<Case> cases = CaseReader.all(CASES);

    assertThat(doubles(cases, Case::title)).as("titles that stand over several cases").isEmpty();
    assertThat(doubles(cases, CaseReaderTest::content)).as("cases that are the same").isEmpty();
    assertThat(cases)
        .as("titles are sentences without a full stop")
        .allMatch(c -> c.title().contains(" ") && !c.title().endsWith("."));
    assertThat(cases)
        .as("they stand in cases/<feature>/<situation>.yaml, in lower case with hyphens")
        .allMatch(c -> c.name().matches("[a-z-]+/[a-z0-9-]+"));
  }

  private static List<Object> content(Case one) {
    return List.of(
        one.given(),
        one.groups(),
        one.script(),
        one.steps().stream().map(step -> step.act() + "" + step.once() + step.at()).toList());
  }

  private static List<?> doubles(
      List<Case> cases, java.util.function.Function<Case, Object> characteristic) {
    return cases.stream()
        .collect(
            Collectors.groupingBy(
                characteristic, Collectors.mapping(Case::name, Collectors.toList())))
        .values()
        .stream()
        .filter(names -> names.size() > 1)
        .toList();
  }
}
