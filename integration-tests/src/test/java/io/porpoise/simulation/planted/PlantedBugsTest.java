package io.porpoise.simulation.planted;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.porpoise.simulation.history.Player;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.LoggerFactory;

/**
 * Each bug that is planted must still fit the code, and be found by the simulation. The search
 * takes a minute or two a bug: {@code -Dplanted=all}, or a part of a name.
 */
class PlantedBugsTest {
  private static final long HISTORIES_MAX = 20_000;

  @TestFactory
  Stream<DynamicTest> every_planted_bug_still_fits_the_code() throws IOException {
    return PlantedBug.all().stream().map(bug -> DynamicTest.dynamicTest(bug.name(), bug::plant));
  }

  @TestFactory
  @EnabledIfSystemProperty(named = "planted", matches = ".+")
  Stream<DynamicTest> every_planted_bug_is_found() throws IOException {
    String wanted = System.getProperty("planted");
    List<PlantedBug> bugs =
        PlantedBug.all().stream()
            .filter(bug -> wanted.equals("all") || bug.name().contains(wanted))
            .toList();
    assertThat(bugs).isNotEmpty();
    return bugs.stream().map(bug -> DynamicTest.dynamicTest(bug.name(), () -> isFound(bug)));
  }

  private static void isFound(PlantedBug bug) throws Exception {
    bug.plant();
    Logger ours = (Logger) LoggerFactory.getLogger("io.porpoise");
    Level usual = ours.getLevel();
    ours.setLevel(Level.OFF);
    String found;
    try (BugLoader loader = new BugLoader(bug.urls())) {
      found =
          (String)
              loader
                  .loadClass(Player.class.getName())
                  .getMethod("firstFailure", long.class)
                  .invoke(null, HISTORIES_MAX);
    } finally {
      ours.setLevel(usual);
    }
    System.out.printf("| %s | %s |%n", bug.title(), found);
    assertThat(found).as("%s is found in %s histories", bug.title(), HISTORIES_MAX).isNotNull();
  }
}
