package io.porpoise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.porpoise.bench.stage.Figure;
import io.porpoise.bench.stage.Scale;
import io.porpoise.bench.stage.Scenario;
import io.porpoise.bench.stage.Stage;
import io.porpoise.processes.ServerProcess;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That scenarios run in a small size, and that its invariants hold; no time is asserted. */
class BenchSmokeTest {
  /**
   * Each takes long to set up, and is the class of another one, or has a test of its own, as the
   * take-over; {@code scripts/bench --smoke} runs them.
   */
  private static final Set<String> ALIKE = Set.of("unfinished", "workers", "take-over");

  private static Stage stage;

  @BeforeAll
  static void raise() throws Exception {
    stage = new Stage(ServerProcess.directory("bench"), Scale.SMOKE, Stage.Knobs.NONE);
  }

  @AfterAll
  static void strike() {
    stage.close();
  }

  static Stream<String> scenarios() {
    return Scenarios.ALL.stream().map(Scenario::name).filter(name -> !ALIKE.contains(name));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void a_scenario_runs_and_its_invariants_hold(String name) throws Exception {
    Scenario scenario = Options.parse(List.of("--scenario", name)).scenarios().get(0);

    List<Figure> figures = scenario.run(stage);

    assertThat(figures).isNotEmpty();
    assertThat(figures)
        .allSatisfy(figure -> assertThat(figure.value()).as(figure.name()).isFinite());
    assertThat(figures).extracting(Figure::name).doesNotHaveDuplicates();
  }

  @Test
  void a_run_without_names_leaves_out_what_takes_long() {
    assertThat(names()).contains("bare", "start", "chain").doesNotContain("lists", "steady");
    assertThat(names("--full")).contains("lists", "take-over").doesNotContain("steady");
  }

  @Test
  void a_wrong_command_line_is_refused() {
    assertThatThrownBy(() -> names("--scenario", "chains"))
        .isInstanceOf(Options.Wrong.class)
        .hasMessageContaining("there is no scenario chains");
    assertThatThrownBy(() -> names("--rows", "many")).isInstanceOf(Options.Wrong.class);
    assertThatThrownBy(() -> names("--json")).isInstanceOf(Options.Wrong.class);
  }

  private static List<String> names(String... arguments) {
    return Options.parse(List.of(arguments)).scenarios().stream().map(Scenario::name).toList();
  }
}
