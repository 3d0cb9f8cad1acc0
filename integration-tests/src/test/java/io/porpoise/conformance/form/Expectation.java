package io.porpoise.conformance.form;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What should be so.
 *
 * @param order tasks of the first instance in the order in which they began
 * @param events of the first instance's history, in this order; others may stand between them
 * @param took from the first start to its end; null: any time. Only where time is simulated
 * @param alerts what should have been raised; null: anything. Only where the store can be seen
 */
public record Expectation(
    List<Expected> subjects,
    List<String> order,
    List<ExpectedEvent> events,
    Duration took,
    List<String> alerts) {

  /**
   * What should be so of one instance or task.
   *
   * @param isAbsent the task has no instance
   * @param fields those that are told, by the names of the form
   */
  public record Expected(
      String place, Subject subject, boolean isAbsent, Map<String, Object> fields) {}

  /**
   * One entry of the history.
   *
   * @param task null: the workflow instance
   * @param from null: any; so for the others
   */
  public record ExpectedEvent(
      String place, String task, String from, String to, String cause, String actor) {}

  private static final String[] OF_INSTANCE = {
    "state", "reason", "says", "run_times", "version", "params", "outputs", "tasks"
  };
  private static final String[] OF_TASK = {
    "state",
    "attempts",
    "retries",
    "reason",
    "says",
    "exit_code",
    "branch",
    "worker_group",
    "params",
    "outputs"
  };
  private static final Pattern EVENT =
      Pattern.compile(
          "(.+?): (?:([A-Z_]+|nothing) -> )?([A-Z_]+)(?: because ([A-Za-z_]+))?(?: by (.+))?");

  static Expectation read(Item item) {
    List<Expected> subjects = new ArrayList<>();
    List<String> order = List.of();
    List<ExpectedEvent> events = List.of();
    Duration took = null;
    List<String> alerts = null;
    for (Map.Entry<String, Item> field : item.fields().entrySet()) {
      Item value = field.getValue();
      switch (field.getKey()) {
        case "order" -> order = value.items().stream().map(Item::text).toList();
        case "events" -> events = value.items().stream().map(Expectation::event).toList();
        case "took" -> took = Times.parse(value, value.text());
        case "alerts" -> alerts = value.items().stream().map(Item::text).toList();
        default -> subjects.add(expected(field.getKey(), value));
      }
    }
    return new Expectation(subjects, order, events, took, alerts);
  }

  private static Expected expected(String key, Item value) {
    Subject subject = Subject.parse(value, key);
    if (value.isText()) {
      boolean isAbsent = value.text().equals(States.NONE);
      if (!isAbsent) {
        States.check(value, subject, value.text());
      }
      return new Expected(
          value.place(), subject, isAbsent, isAbsent ? Map.of() : Map.of("state", value.text()));
    }
    Map<String, Item> fields = value.fields(subject.task() == null ? OF_INSTANCE : OF_TASK);
    if (fields.containsKey("state")) {
      States.check(fields.get("state"), subject, fields.get("state").text());
    }
    return new Expected(value.place(), subject, false, value.plainFields());
  }

  private static ExpectedEvent event(Item item) {
    Matcher matcher = EVENT.matcher(item.text());
    if (!matcher.matches()) {
      throw item.bad(
          "'%s' is no event; allowed: workflow: FROM -> TO because CAUSE by ACTOR, or TASK: ...",
          item.text());
    }
    return new ExpectedEvent(
        item.place(),
        matcher.group(1).equals("workflow") ? null : matcher.group(1),
        matcher.group(2),
        matcher.group(3),
        matcher.group(4),
        matcher.group(5));
  }
}
