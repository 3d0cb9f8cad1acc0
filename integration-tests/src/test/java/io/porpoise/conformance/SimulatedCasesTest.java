package io.porpoise.conformance;

import io.porpoise.conformance.form.Case;
import io.porpoise.conformance.form.CaseReader;
import io.porpoise.conformance.stack.SimulatedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases in the simulation. {@code -Dcases=retry} runs those with this in their names only;
 * {@code -Dcases.seeds=50} tries so many seeds of faults with each.
 */
class SimulatedCasesTest {
  static final Path CASES = Path.of("cases").toAbsolutePath();
  private static final int SEEDS = Integer.getInteger("cases.seeds", 2);
  private static final Path TRACES = Path.of("target", "cases");

  /** The cases that are asked for. */
  static List<Case> cases() {
    String part = System.getProperty("cases", "");
    return CaseReader.all(CASES).stream().filter(c -> c.name().contains(part)).toList();
  }

  @TestFactory
  Stream<DynamicTest> a_case_holds_in_the_simulation() {
    return cases().stream()
        .map(one -> test(one, one.title(), trace -> SimulatedStack.calm(one, trace)));
  }

  @TestFactory
  Stream<DynamicTest> a_case_ends_in_the_same_way_when_masters_crash_and_messages_are_lost() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Case one : cases()) {
      for (long i = 1; i <= SEEDS; i++) {
        long seed = i;
        tests.add(
            test(
                one,
                one.title() + " (seed " + seed + ")",
                trace -> SimulatedStack.withFaults(seed, one, trace)));
      }
    }
    return tests.stream();
  }

  private static DynamicTest test(
      Case one, String title, Function<Consumer<String>, SimulatedStack> stacks) {
    return DynamicTest.dynamicTest(
        title,
        one.file().toUri(),
        () -> {
          try {
            CaseRunner.run(one, stacks.apply(null));
          } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\ntrace: " + trace(one, title, stacks), e);
          }
        });
  }

  /** The same again, with all that happens in a file. */
  private static Path trace(
      Case one, String title, Function<Consumer<String>, SimulatedStack> stacks)
      throws IOException {
    Files.createDirectories(TRACES);
    Path file = TRACES.resolve((one.name() + " " + title).replaceAll("[^A-Za-z0-9]+", "-"));
    List<String> lines = new ArrayList<>();
    try {
      CaseRunner.run(one, stacks.apply(lines::add));
    } catch (AssertionError e) {
      lines.add(e.getMessage());
    }
    return Files.write(file, lines);
  }
}
