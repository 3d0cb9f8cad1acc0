package io.porpoise.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** House rules about text, for the sources of all modules. */
class TidyTest {
  private static final int LINES_MAX = 300;

  /** Tests are tables and stories: longer, and read one by one. */
  private static final int TEST_LINES_MAX = 450;

  /** Files that are one thing and would only get worse in two. */
  private static final Set<String> LONG_ON_PURPOSE = Set.of("TaskLifecycle.java", "Shard.java");

  private static final Pattern LEFT_OVER = Pattern.compile("\\b(FIXME|TODO|XXX)\\b");
  private static final Pattern PRINTS =
      Pattern.compile("(?<!\")\\bSystem\\s*\\.\\s*(out|err)\\b|\\.printStackTrace\\(");

  /** Where people are spoken to on the console. */
  private static final Pattern SPEAKS =
      Pattern.compile(".*/io/porpoise/(cli|bench)/.*|.*(Main|Launcher)\\.java");

  private static final Pattern YAML_KEY = Pattern.compile("\\s*[a-z_]+:.*");

  private static final Path ROOT = root();

  @Test
  void no_file_is_longer_than_one_can_take_in() {
    assertThat(sources("src"))
        .filteredOn(file -> !LONG_ON_PURPOSE.contains(file.getFileName().toString()))
        .filteredOn(file -> lines(file).size() > (isTest(file) ? TEST_LINES_MAX : LINES_MAX))
        .as("files of more than %d lines, or %d in tests", LINES_MAX, TEST_LINES_MAX)
        .isEmpty();
  }

  @Test
  void every_package_says_what_it_is() {
    Set<Path> packages = new TreeSet<>();
    sources("src/main").forEach(file -> packages.add(file.getParent()));

    assertThat(packages)
        .filteredOn(
            directory -> !Files.exists(ROOT.resolve(directory).resolve("package-info.java")))
        .as("packages without package-info.java")
        .isEmpty();
  }

  @Test
  void nothing_is_left_for_later_without_an_owner() {
    assertThat(linesLike(sources("src"), LEFT_OVER, file -> !file.endsWith("TidyTest.java")))
        .isEmpty();
  }

  @Test
  void only_what_speaks_to_people_prints() {
    Predicate<Path> isSilent = file -> !SPEAKS.matcher(file.toString()).matches();

    assertThat(linesLike(sources("src/main"), PRINTS, isSilent)).isEmpty();
  }

  @Test
  void every_configuration_key_is_explained() {
    List<String> lines = lines(Path.of("conf/porpoise.yaml"));
    List<String> unexplained = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      boolean isKey = YAML_KEY.matcher(lines.get(i)).matches();
      boolean isSection = lines.get(i).strip().endsWith(":");
      boolean isExplained =
          lines.get(i).contains(" #") || i > 0 && lines.get(i - 1).strip().startsWith("#");
      if (isKey && !isSection && !isExplained) {
        unexplained.add("conf/porpoise.yaml:" + (i + 1) + ": " + lines.get(i).strip());
      }
    }

    assertThat(lines).isNotEmpty();
    assertThat(unexplained).isEmpty();
  }

  @Test
  void verticles_depend_on_the_shared_model_only() {
    List<String> verticles =
        List.of("master-verticle", "worker-verticle", "api-verticle", "alert-verticle");

    for (String module : verticles) {
      String pom = String.join("\n", lines(Path.of(module, "pom.xml")));
      assertThat(verticles)
          .filteredOn(other -> !other.equals(module))
          .filteredOn(other -> pom.contains("<artifactId>" + other + "</artifactId>"))
          .as("what %s depends on", module)
          .isEmpty();
    }
  }

  private static boolean isTest(Path file) {
    return file.toString().contains("/src/test/");
  }

  /** Java sources below the given directory of every module, relative to the root. */
  private static List<Path> sources(String below) {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.filter(m -> Files.exists(m.resolve("pom.xml"))).toList()) {
        if (Files.isDirectory(module.resolve(below))) {
          try (Stream<Path> files = Files.walk(module.resolve(below))) {
            files
                .filter(f -> f.toString().endsWith(".java"))
                .map(ROOT::relativize)
                .forEach(found::add);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(found).as("sources below %s", below).isNotEmpty();
    return found;
  }

  private static List<String> linesLike(List<Path> files, Pattern pattern, Predicate<Path> where) {
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      List<String> lines = where.test(file) ? lines(file) : List.of();
      for (int i = 0; i < lines.size(); i++) {
        if (pattern.matcher(lines.get(i)).find()) {
          found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
        }
      }
    }
    return found;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The directory of the parent pom, from wherever the test is started. */
  private static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(directory.resolve("shared-model"))) {
      directory = directory.getParent();
    }
    return directory;
  }
}
