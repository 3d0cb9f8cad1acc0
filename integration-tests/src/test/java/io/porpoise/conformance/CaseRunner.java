package io.porpoise.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.conformance.form.Case;
import io.porpoise.conformance.form.Document;
import io.porpoise.conformance.form.Expectation;
import io.porpoise.conformance.form.Step;
import io.porpoise.conformance.form.Step.Refusal;
import io.porpoise.conformance.form.Subject;
import io.porpoise.conformance.stack.Stack;
import io.porpoise.conformance.stack.Stack.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Plays one case on one stack. */
final class CaseRunner {
  private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "STOPPED", "PAUSED");
  private static final Set<String> REOPENINGS = Set.of("RESUME", "RERUN", "RECOVER_FAILED");
  private static final Duration STAYS = Duration.ofMillis(300);

  private final Case played;
  private final Stack stack;
  private final Documents documents;
  private final List<String> started = new ArrayList<>();
  private Duration begun;
  private JsonNode endBefore;

  private CaseRunner(Case played, Stack stack) {
    this.played = played;
    this.stack = stack;
    documents = new Documents(played, stack);
  }

  /** Fails when not all is as the case expects. */
  static void run(Case played, Stack stack) {
    CaseRunner runner = new CaseRunner(played, stack);
    try {
      runner.prepare();
      played.steps().forEach(runner::perform);
      runner.expect();
    } finally {
      runner.tidy();
    }
  }

  private void prepare() {
    must(stack.call("POST", "projects", Map.of("name", project(), "description", "")), 201);
    played
        .groups()
        .forEach(
            (name, size) ->
                must(
                    stack.call("PUT", "task-groups/" + documents.group(name), Map.of("size", size)),
                    201));
    played.given().forEach(document -> must(save(document), 201));
    begun = stack.elapsed();
  }

  private String project() {
    return played.name().replace('/', '.');
  }

  private Reply save(Document document) {
    return stack.call("PUT", workflow(document.name()), documents.complete(document));
  }

  private String workflow(String name) {
    return "projects/" + project() + "/workflows/" + name;
  }

  private static void must(Reply reply, int status) {
    if (reply.status() != status) {
      throw new AssertionError("the case cannot begin: " + reply);
    }
  }

  private void perform(Step step) {
    if (step.at() != null) {
      Duration at = begun.plus(step.at().multipliedBy(stack.slowness()));
      until(step, "time passes", () -> stack.elapsed().compareTo(at) >= 0);
    }
    if (step.once() != null) {
      until(step, step.once().toString(), () -> sight().holds(step.once()));
    }
    if (step.act() instanceof Step.See see) {
      see(step, see.expectation());
    } else {
      check(step, act(step));
      if (step.act() instanceof Step.Action action && step.refusal() == null) {
        awaitReopening(step, action);
      }
    }
  }

  /** It is accepted before it is done; until then the instance looks like one that has ended. */
  private void awaitReopening(Step step, Step.Action action) {
    if (REOPENINGS.contains(action.name())) {
      until(
          step,
          action.name() + " is done",
          () ->
              sight()
                  .find(action.subject())
                  .filter(now -> !now.get("endTime").equals(endBefore))
                  .isPresent());
    }
  }

  private Reply act(Step step) {
    if (step.act() instanceof Step.Start start) {
      String name = start.workflow() == null ? played.given().get(0).name() : start.workflow();
      Reply reply = stack.call("POST", workflow(name) + "/instances", start.options());
      if (reply.status() == 202) {
        started.add(reply.json().get("id").asText());
      }
      return reply;
    }
    if (step.act() instanceof Step.Save save) {
      return save(save.document());
    }
    if (step.act() instanceof Step.Release release) {
      return stack.call(
          "POST", workflow(release.workflow()) + "/release", Map.of("state", release.state()));
    }
    if (step.act() instanceof Step.Resize resize) {
      return stack.call(
          "PUT", "task-groups/" + documents.group(resize.group()), Map.of("size", resize.size()));
    }
    Step.Action action = (Step.Action) step.act();
    Subject subject = action.subject();
    String kind = subject.task() == null ? "workflow-instances/" : "task-instances/";
    JsonNode found =
        sight()
            .find(subject)
            .orElseThrow(() -> new AssertionError(step.place() + ": there is no " + subject));
    endBefore = found.get("endTime");
    return stack.call(
        "POST", kind + found.get("id").asText() + "/actions", Map.of("action", action.name()));
  }

  private static void check(Step step, Reply reply) {
    Refusal refusal = step.refusal();
    boolean isRefused = reply.status() >= 300;
    boolean isRight =
        refusal == null
            ? !isRefused
            : reply.status() == refusal.status()
                && (refusal.code() == null
                    || refusal.code().equals(reply.json().path("code").asText()))
                && (refusal.says() == null || reply.json().toString().contains(refusal.says()));
    if (!isRight) {
      throw new AssertionError(
          step.place()
              + ": expected "
              + (refusal == null ? "that it is accepted" : refusal)
              + ", the answer was "
              + reply);
    }
  }

  private void see(Step step, Expectation expectation) {
    List<List<String>> last = new ArrayList<>();
    until(
        step,
        "it is as expected",
        () -> {
          last.clear();
          last.add(Verdict.differences(stack, sight(), expectation));
          return last.get(0).isEmpty();
        },
        () -> last.toString());
  }

  private void until(Step step, String what, BooleanSupplier condition) {
    until(step, what, condition, this::picture);
  }

  private void until(
      Step step, String what, BooleanSupplier condition, java.util.function.Supplier<String> seen) {
    Duration end = stack.elapsed().plus(stack.patience());
    while (!condition.getAsBoolean()) {
      checkFaults();
      if (stack.elapsed().compareTo(end) > 0) {
        throw new AssertionError(
            step.place() + ": waited in vain until " + what + "; seen: " + seen.get());
      }
      stack.await();
    }
  }

  /** Waits until all is as expected, or until it cannot come to be so any more. */
  private void expect() {
    Duration end = stack.elapsed().plus(stack.patience());
    while (true) {
      checkFaults();
      // Whether all has ended is looked at first: what has ended by then stays as it is.
      boolean isOver = hasEnded(sight());
      List<String> differences = Verdict.differences(stack, sight(), played.expectation());
      if (differences.isEmpty()) {
        if (isOver) {
          return;
        }
        staysSo();
        return;
      }
      if (isOver || stack.elapsed().compareTo(end) > 0) {
        throw new AssertionError(String.join("\n", differences) + "\nseen: " + picture());
      }
      stack.await();
    }
  }

  private void staysSo() {
    Duration end = stack.elapsed().plus(STAYS.multipliedBy(stack.slowness()));
    while (stack.elapsed().compareTo(end) < 0) {
      stack.await();
    }
    checkFaults();
    List<String> differences = Verdict.differences(stack, sight(), played.expectation());
    if (!differences.isEmpty()) {
      throw new AssertionError("it did not stay as expected: " + differences);
    }
  }

  private boolean hasEnded(Sight sight) {
    return started.stream().allMatch(id -> ENDS.contains(sight.instance(id).get("state").asText()));
  }

  private void checkFaults() {
    if (!stack.faults().isEmpty()) {
      throw new AssertionError(String.join("\n", stack.faults()));
    }
  }

  private Sight sight() {
    return new Sight(stack, started);
  }

  private String picture() {
    StringBuilder text = new StringBuilder();
    for (String id : started) {
      JsonNode instance = sight().instance(id);
      text.append("\n  instance ").append(id).append(' ').append(instance.get("state").asText());
      text.append(' ').append(instance.get("reason"));
      for (JsonNode task : instance.get("tasks")) {
        text.append("\n    ").append(task.get("name").asText()).append(' ');
        text.append(task.get("state").asText()).append(' ').append(task.get("reason"));
        text.append(" attempt ").append(task.get("attempt").asInt());
      }
    }
    return text.toString();
  }

  /** Others share the server: nothing is left running. */
  private void tidy() {
    if (stack.faults().isEmpty()) {
      for (String id : started) {
        if (!ENDS.contains(sight().instance(id).get("state").asText())) {
          stack.call("POST", "workflow-instances/" + id + "/actions", Map.of("action", "STOP"));
        }
      }
    }
  }
}
