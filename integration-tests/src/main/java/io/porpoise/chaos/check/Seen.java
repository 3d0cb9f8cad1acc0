package io.porpoise.chaos.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.chaos.workload.Journal;
import io.porpoise.chaos.workload.Start;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One instance that was accepted, with what the server says of it and what its tasks wrote down.
 *
 * @param attempts all attempts of all tasks, those of one task in their order
 * @param journal its lines, in the order in which they were written
 */
record Seen(
    Start start, String state, String reason, List<Attempt> attempts, List<Journal.Entry> journal) {
  private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "STOPPED", "PAUSED");

  /**
   * A task instance.
   *
   * @param endMicros null while it has not ended
   * @param exitCode null when it is not known
   */
  record Attempt(
      String id,
      String task,
      String state,
      int attempt,
      int retries,
      boolean isValid,
      Long endMicros,
      Integer exitCode,
      String reason) {
    private static final Set<String> ENDS =
        Set.of("SUCCEEDED", "FAILED", "KILLED", "LOST", "PAUSED", "FORCED_SUCCESS");

    /** It is FAILED, because it was lost once more after so many replacements. */
    boolean wasLostTooOften() {
      return reason.startsWith("LOST_TOO_OFTEN");
    }

    boolean hasEnded() {
      return ENDS.contains(state);
    }
  }

  static Seen of(Start start, JsonNode instance, List<Journal.Entry> journal) {
    List<Attempt> attempts = new ArrayList<>();
    for (JsonNode task : instance.get("tasks")) {
      attempts.add(
          new Attempt(
              task.get("id").asText(),
              task.get("name").asText(),
              task.get("state").asText(),
              task.get("attempt").asInt(),
              task.get("retries").asInt(),
              task.get("valid").asBoolean(),
              task.get("endTime").isNull() ? null : micros(task.get("endTime").asText()),
              task.get("exitCode").isNull() ? null : task.get("exitCode").asInt(),
              reason(task)));
    }
    attempts.sort(java.util.Comparator.comparingInt(Attempt::attempt));
    return new Seen(start, instance.get("state").asText(), reason(instance), attempts, journal);
  }

  static boolean hasEnded(JsonNode instance) {
    return ENDS.contains(instance.get("state").asText());
  }

  /** The attempts of one task, in their order. */
  List<Attempt> attemptsOf(String task) {
    return attempts.stream().filter(attempt -> attempt.task().equals(task)).toList();
  }

  /** The lines of one attempt. */
  List<Journal.Entry> journalOf(Attempt attempt) {
    return journal.stream().filter(entry -> entry.attempt().equals(attempt.id())).toList();
  }

  @Override
  public String toString() {
    return "instance " + start.instance() + " (" + start.plan().name() + ", " + start.key() + ")";
  }

  private static String reason(JsonNode of) {
    JsonNode reason = of.get("reason");
    return reason.isNull() ? "" : reason.get("code").asText() + ": " + reason.get("text").asText();
  }

  private static long micros(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
  }
}
