package io.porpoise.conformance;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porpoise.conformance.form.Case;
import io.porpoise.conformance.form.CaseReader;
import io.porpoise.conformance.stack.SimulatedStack;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A case that does not hold fails, and says where and why. */
class CaseRunnerTest {
  private static final Path CASES = Path.of("cases").toAbsolutePath();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          expect: {workflow: FAILED}                        | 5: instance 1: state: expected FAILED, found SUCCEEDED
          expect: {A: none}                                 | 5: A of instance 1: expected none, found SUCCEEDED
          expect: {B: FAILED}                               | 5: B of instance 1: expected {state=FAILED}, found none
          expect: {A: {attempts: 2}}                        | 5: A of instance 1: attempts: expected 2, found 1
          expect: {A: {outputs: {x: 2}}}                    | outputs.x: expected 2, found 1
          expect: {A: {outputs: {}}}                        | outputs: expected {}, found
          expect: {workflow: {tasks: [A]}}                  | tasks: expected [A], found [A, C]
          expect: {instance 2: SUCCEEDED}                   | instance 2: expected {state=SUCCEEDED}, found none
          expect: {order: [C, A]}                           | order: expected [C, A]
          expect: {took: 5s}                                | took: expected PT5S
          expect: {events: ["A: RUNNING -> FAILED"]}        | event: expected
          expect: {alerts: [TASK_TIMEOUT]}                  | alerts: expected [TASK_TIMEOUT], found []
          when: [start is refused with 409] ; expect: {}    | 5: expected Refusal[status=409
          when: [start other] ; expect: {}                  | 5: expected that it is accepted, the answer was Reply[status=404
          """)
  void what_is_not_so_is_told_with_its_place(String rest, String message) {
    String text =
        """
        title: a case
        given:
          tasks: [{name: A, output_params: {x: VARCHAR()}}, {name: C, deps: [A]}]
        script: {A: succeed with x=1}
        """
            + rest.replace(" ; ", "\n")
            + "\n";
    Case wrong = CaseReader.read(CASES, CASES.resolve("feature/situation.yaml"), text);

    assertThatThrownBy(() -> CaseRunner.run(wrong, SimulatedStack.calm(wrong, null)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(message);
  }
}
