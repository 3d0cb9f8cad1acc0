package io.porpoise.chaos.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.porpoise.chaos.workload.Journal;
import io.porpoise.chaos.workload.PatientClient;
import io.porpoise.chaos.workload.Start;
import io.porpoise.chaos.workload.Workload;
import io.porpoise.processes.Deployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The judgement on a workload that has been ended, on a deployment of which everything runs again:
 * waits until all instances have ended, and holds the promises against them.
 */
public final class SideEffectsChecker {
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 250;

  private final Deployment deployment;
  private final Duration patience;

  /**
   * @param patience within this time everything must end after the faults have stopped
   */
  public SideEffectsChecker(Deployment deployment, Duration patience) {
    this.deployment = deployment;
    this.patience = patience;
  }

  public Report check(Workload workload) throws InterruptedException {
    List<String> violations = new ArrayList<>(workload.troubles());
    List<Start> starts = workload.starts();
    Map<String, JsonNode> instances = ended(starts, violations);
    Map<String, List<Journal.Entry>> journal = new HashMap<>();
    List<Journal.Entry> entries = workload.journal().entries();
    violations.addAll(SerialRules.check(starts, entries));
    for (Journal.Entry entry : entries) {
      journal.computeIfAbsent(entry.instance(), id -> new ArrayList<>()).add(entry);
    }
    List<Replacement> replacements = new ArrayList<>();
    int attempts = 0;
    int lost = 0;
    int disturbed = 0;
    for (Start start : starts) {
      List<Journal.Entry> written = journal.getOrDefault(start.instance(), List.of());
      JsonNode instance = instances.get(start.instance());
      if (instance == null) {
        continue; // a violation already
      }
      Seen seen = Seen.of(start, instance, written);
      violations.addAll(EndRules.check(seen));
      violations.addAll(AttemptRules.check(seen));
      violations.addAll(OrderRules.check(seen));
      replacements.addAll(Replacement.in(seen));
      attempts += seen.attempts().size();
      lost += (int) seen.attempts().stream().filter(a -> a.state().equals("LOST")).count();
      disturbed += start.isUndisturbed() ? 0 : 1;
    }
    List<String> leftOvers =
        new LeftOvers(deployment).await(workload.project(), starts.size(), patience);
    return new Report(
        starts.size(),
        attempts,
        lost,
        disturbed,
        workload.retries(),
        replacements,
        violations,
        leftOvers);
  }

  /** The instances by their ids, all attempts included, as far as they end in time. */
  private Map<String, JsonNode> ended(List<Start> starts, List<String> violations)
      throws InterruptedException {
    PatientClient client = new PatientClient(deployment, ANSWER);
    Map<String, JsonNode> found = new HashMap<>();
    List<Start> open = new ArrayList<>(starts);
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      List<Start> unfinished = new ArrayList<>();
      for (Start start : open) {
        String path = "workflow-instances/" + start.instance() + "?attempts=all";
        PatientClient.Answer answer = client.get(path);
        if (answer.status() == 200 && Seen.hasEnded(answer.json())) {
          found.put(start.instance(), answer.json());
        } else {
          unfinished.add(start);
          if (System.nanoTime() > deadline) {
            violations.add(
                "instance %s has not ended %s after the faults: %s"
                    .formatted(start.instance(), patience, answer.json()));
          }
        }
      }
      if (unfinished.isEmpty() || System.nanoTime() > deadline) {
        return found;
      }
      open = unfinished;
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }
}
