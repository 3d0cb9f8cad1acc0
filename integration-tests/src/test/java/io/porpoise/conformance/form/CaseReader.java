package io.porpoise.conformance.form;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads case files. */
public final class CaseReader {
  private static final String SUFFIX = ".yaml";
  private static final String[] KEYS = {
    "title",
    "only",
    "given",
    "task_groups",
    "worker_slots",
    "dispatch_timeout",
    "script",
    "when",
    "expect"
  };

  private CaseReader() {}

  /** All cases below a directory, by name. */
  public static List<Case> all(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Case> cases = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList()) {
        cases.add(read(directory, file, Files.readString(file)));
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param file below the directory
   */
  public static Case read(Path directory, Path file, String text) {
    Item root = Item.parse(directory.getFileName().resolve(directory.relativize(file)), text);
    Map<String, Item> fields = root.fields(KEYS);
    String title = wanted(root, fields, "title").text();
    List<Document> given =
        wanted(root, fields, "given").itemsOrOne().stream().map(Document::read).toList();
    Map<String, Integer> groups = new LinkedHashMap<>();
    if (fields.containsKey("task_groups")) {
      fields.get("task_groups").fields().forEach((name, size) -> groups.put(name, size.number()));
    }
    Item slots = fields.get("worker_slots");
    String only = fields.containsKey("only") ? only(fields.get("only")) : null;
    Item dispatchTimeout = fields.get("dispatch_timeout");
    for (String simulated : List.of("worker_slots", "dispatch_timeout")) {
      if (fields.containsKey(simulated) && only == null) {
        throw fields.get(simulated).bad("%s needs: only: {simulated: why}", simulated);
      }
    }
    return new Case(
        file,
        directory.relativize(file).toString().replace(SUFFIX, ""),
        title,
        only,
        given,
        groups,
        slots == null ? 0 : slots.number(),
        dispatchTimeout == null ? null : Times.parse(dispatchTimeout, dispatchTimeout.text()),
        fields.containsKey("script") ? script(fields.get("script"), tasks(given)) : Map.of(),
        fields.containsKey("when")
            ? StepReader.all(fields.get("when"))
            : List.of(StepReader.plainStart(root)),
        Expectation.read(wanted(root, fields, "expect")));
  }

  private static Item wanted(Item root, Map<String, Item> fields, String key) {
    if (!fields.containsKey(key)) {
      throw root.bad("a case needs '%s'; it may have: %s", key, String.join(", ", KEYS));
    }
    return fields.get(key);
  }

  private static String only(Item item) {
    Map<String, Item> fields = item.fields("simulated");
    if (fields.isEmpty()) {
      throw item.bad("say where, and why: only: {simulated: why}");
    }
    return fields.get("simulated").text();
  }

  private static Set<String> tasks(List<Document> given) {
    Set<String> names = new TreeSet<>();
    for (Document document : given) {
      for (Object task : (List<?>) document.fields().get("tasks")) {
        names.add(String.valueOf(((Map<?, ?>) task).get("name")));
      }
    }
    return names;
  }

  private static Map<String, List<Deed>> script(Item item, Set<String> tasks) {
    Map<String, List<Deed>> script = new LinkedHashMap<>();
    item.fields()
        .forEach(
            (task, deeds) -> {
              if (!tasks.contains(task)) {
                throw deeds.bad("there is no task '%s'; given: %s", task, tasks);
              }
              script.put(task, deeds.itemsOrOne().stream().map(Deed::read).toList());
            });
    return script;
  }
}
