package io.porpoise.conformance.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.conformance.form.Deed;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Porpoise, as a case sees it. */
public interface Stack {

  /** What the interface has answered; {@code json} is null when it is none. */
  record Reply(int status, JsonNode json) {}

  /**
   * A request, answered.
   *
   * @param path below {@code /api/v1/}
   * @param body null: none
   */
  Reply call(String method, String path, Map<String, Object> body);

  /** What makes a Shell task do what the script says. */
  String command(String task, List<Deed> deeds);

  /** Lets time pass until it makes sense to look again. */
  void await();

  /** Since some moment in the past. */
  Duration elapsed();

  /** How long at most something may take that should happen. */
  Duration patience();

  /** How much longer everything takes here than it is written in the case. */
  int slowness();

  /** Whether times can be compared with those of the case. */
  boolean keepsTime();

  /** Alerts that were raised, or null where they cannot be seen. */
  List<String> alerts();

  /** What else has gone wrong, in sentences. */
  List<String> faults();
}
