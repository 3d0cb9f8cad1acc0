package io.porpoise.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.conformance.form.Expectation;
import io.porpoise.conformance.form.Expectation.Expected;
import io.porpoise.conformance.form.Expectation.ExpectedEvent;
import io.porpoise.conformance.form.Subject;
import io.porpoise.conformance.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Compares what one sees with what is expected. */
final class Verdict {
  private static final Duration TOLERANCE = Duration.ofMillis(700);
  private static final Subject FIRST = new Subject(null, 1, List.of());

  private final Stack stack;
  private final Sight sight;
  private final Expectation expectation;
  private final List<String> differences = new ArrayList<>();

  private Verdict(Stack stack, Sight sight, Expectation expectation) {
    this.stack = stack;
    this.sight = sight;
    this.expectation = expectation;
  }

  /** What is not as expected, in lines; empty when all is. */
  static List<String> differences(Stack stack, Sight sight, Expectation expectation) {
    Verdict verdict = new Verdict(stack, sight, expectation);
    expectation.subjects().forEach(verdict::compare);
    verdict.compareOrder();
    verdict.compareEvents();
    if (stack.keepsTime() && expectation.took() != null) {
      verdict.compareTime();
    }
    if (stack.alerts() != null
        && expectation.alerts() != null
        && !stack.alerts().equals(expectation.alerts())) {
      verdict.differ("alerts", expectation.alerts(), stack.alerts());
    }
    return verdict.differences;
  }

  private void differ(String what, Object wanted, Object found) {
    differences.add(what + ": expected " + wanted + ", found " + found);
  }

  private void compare(Expected expected) {
    String what = expected.place() + ": " + expected.subject();
    Optional<JsonNode> found = sight.find(expected.subject());
    if (expected.isAbsent() || found.isEmpty()) {
      if (expected.isAbsent() == found.isPresent()) {
        differ(
            what,
            expected.isAbsent() ? "none" : expected.fields(),
            found.map(f -> f.get("state").asText()).orElse("none"));
      }
      return;
    }
    expected.fields().forEach((field, wanted) -> compare(what, field, wanted, found.get()));
  }

  private void compare(String what, String field, Object wanted, JsonNode found) {
    switch (field) {
      case "params" -> compareValues(what, field, wanted, found, false);
      case "outputs" -> compareValues(what, field, wanted, found, true);
      case "says" -> {
        String text = found.at("/reason/text").asText();
        if (!text.contains(String.valueOf(wanted))) {
          differ(what + ": says", wanted, text);
        }
      }
      case "tasks" -> {
        TreeSet<String> names = new TreeSet<>();
        found.get("tasks").forEach(task -> names.add(task.get("name").asText()));
        TreeSet<String> all = new TreeSet<>();
        ((Collection<?>) wanted).forEach(name -> all.add(String.valueOf(name)));
        if (!names.equals(all)) {
          differ(what + ": tasks", all, names);
        }
      }
      default -> {
        JsonNode value = found.at(pointer(field));
        String text = value.isNull() || value.isMissingNode() ? null : value.asText();
        if (!String.valueOf(wanted).equals(String.valueOf(text))) {
          differ(what + ": " + field, wanted, text + (text == null ? "" : " " + why(found)));
        }
      }
    }
  }

  private static String why(JsonNode found) {
    return found.get("reason").isNull() ? "" : found.get("reason").toString();
  }

  private static String pointer(String field) {
    return switch (field) {
      case "attempts" -> "/attempt";
      case "reason" -> "/reason/code";
      case "exit_code" -> "/exitCode";
      case "run_times" -> "/runTimes";
      case "worker_group" -> "/workerGroup";
      default -> "/" + field;
    };
  }

  private void compareValues(
      String what, String field, Object wanted, JsonNode found, boolean isWhole) {
    JsonNode values = found.get(field);
    Map<?, ?> all = (Map<?, ?>) wanted;
    all.forEach(
        (name, value) -> {
          JsonNode is = values.get(String.valueOf(name));
          String text = is == null ? null : is.asText();
          if (!String.valueOf(value).equals(String.valueOf(text))) {
            differ(what + ": " + field + "." + name, value, text);
          }
        });
    if (isWhole && values.size() != all.size()) {
      differ(what + ": " + field, all, values);
    }
  }

  private void compareOrder() {
    Instant last = Instant.MIN;
    for (String task : expectation.order()) {
      Optional<JsonNode> found = sight.find(new Subject(task, 1, List.of()));
      JsonNode started = found.map(f -> f.get("startTime")).orElse(null);
      if (started == null || started.isNull()) {
        differ("order", task + " begins", "it has not begun");
        return;
      }
      Instant at = Instant.parse(started.asText());
      if (at.isBefore(last)) {
        differ("order", expectation.order(), task + " began at " + at + ", before " + last);
      }
      last = at;
    }
  }

  private void compareTime() {
    Optional<JsonNode> instance = sight.find(FIRST).filter(i -> !i.get("endTime").isNull());
    if (instance.isEmpty()) {
      differ("took", expectation.took(), "it has not ended");
      return;
    }
    Duration took =
        Duration.between(
            Instant.parse(instance.get().get("createdTime").asText()),
            Instant.parse(instance.get().get("endTime").asText()));
    Duration more = took.minus(expectation.took());
    if (more.isNegative() || more.compareTo(TOLERANCE) > 0) {
      differ("took", expectation.took(), took);
    }
  }

  private void compareEvents() {
    if (expectation.events().isEmpty()) {
      return;
    }
    List<JsonNode> events = new ArrayList<>();
    sight
        .find(FIRST)
        .map(instance -> instance.get("id").asText())
        .map(id -> stack.call("GET", "workflow-instances/" + id + "/events?limit=200", null))
        .ifPresent(reply -> reply.json().get("items").forEach(events::add));
    int next = 0;
    for (ExpectedEvent expected : expectation.events()) {
      while (next < events.size() && !matches(expected, events.get(next))) {
        next++;
      }
      if (next++ == events.size()) {
        StringBuilder all = new StringBuilder();
        events.forEach(event -> all.append("\n    ").append(event));
        differ(expected.place() + ": event", expected, all);
        return;
      }
    }
  }

  private static boolean matches(ExpectedEvent expected, JsonNode event) {
    return is(expected.task() == null ? "nothing" : expected.task(), event.get("task"))
        && is(expected.from(), event.get("from"))
        && is(expected.to(), event.get("to"))
        && is(expected.cause(), event.get("cause"))
        && is(expected.actor(), event.get("actor"));
  }

  /** {@code wanted}: null for any, "nothing" for none. */
  private static boolean is(String wanted, JsonNode value) {
    return wanted == null || wanted.equals(value.isNull() ? "nothing" : value.asText());
  }
}
