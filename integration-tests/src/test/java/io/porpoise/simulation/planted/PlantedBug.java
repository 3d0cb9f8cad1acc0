package io.porpoise.simulation.planted;

import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * One bug: a patch whose first line says what it is.
 *
 * @param name of the patch's file
 */
record PlantedBug(String name, String title, List<PatchedFile> files) {
  private static final Path ROOT = Path.of("..");
  private static final Path PATCHES = Path.of("src", "test", "planted");
  private static final Path WORK = Path.of("target", "planted");

  /** All that there are, by name. */
  static List<PlantedBug> all() throws IOException {
    List<PlantedBug> bugs = new ArrayList<>();
    try (Stream<Path> files = Files.list(PATCHES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".patch")).sorted().toList()) {
        List<String> lines = Files.readAllLines(file);
        String name = file.getFileName().toString().replace(".patch", "");
        bugs.add(new PlantedBug(name, lines.get(0), PatchedFile.parse(lines)));
      }
    }
    return bugs;
  }

  /** Compiles the patched files; the classes are where {@link #classes} says. */
  void plant() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (PatchedFile file : files) {
      Path copy = WORK.resolve(name).resolve("src").resolve(Path.of(file.path()).getFileName());
      Files.createDirectories(copy.getParent());
      Files.write(copy, file.apply(Files.readAllLines(ROOT.resolve(file.path()))));
      sources.add(copy);
    }
    Files.createDirectories(classes());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:none", "-nowarn", "-cp", classPath(), "-d", classes().toString());
      boolean isCompiled =
          compiler
              .getTask(
                  said, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!isCompiled) {
        throw new IllegalStateException(name + " does not compile: " + said);
      }
    }
  }

  /** The classes with the bug, before all others. */
  URL[] urls() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    urls.add(classes().toUri().toURL());
    for (String entry : Arrays.asList(classPath().split(java.io.File.pathSeparator))) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  private Path classes() {
    return WORK.resolve(name).resolve("classes");
  }

  /** Surefire hides the real one behind a jar of its own. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
