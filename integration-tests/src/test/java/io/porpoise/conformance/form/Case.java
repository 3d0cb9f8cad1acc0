package io.porpoise.conformance.form;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A case: given these definitions, and tasks that do what the script says, when people do these
 * things, then all is as expected.
 *
 * @param name the file's, with its feature: {@code retry/after-an-interval}
 * @param onlySimulated why it cannot run on processes, or null
 * @param groups task groups, by name, with their slots
 * @param workerSlots 0: plenty; else there is one worker with so many. Only where it is simulated
 * @param dispatchTimeout of the masters, null: as they are by default. Only where it is simulated
 * @param script by task, what its first, second... process does; the last one goes for all later
 */
public record Case(
    Path file,
    String name,
    String title,
    String onlySimulated,
    List<Document> given,
    Map<String, Integer> groups,
    int workerSlots,
    Duration dispatchTimeout,
    Map<String, List<Deed>> script,
    List<Step> steps,
    Expectation expectation) {

  public List<Deed> deeds(String task) {
    return script.getOrDefault(task, List.of(Deed.SUCCEED));
  }
}
