package io.porpoise.chaos.check;

import io.porpoise.chaos.workload.Journal;
import io.porpoise.chaos.workload.Journal.Kind;
import io.porpoise.chaos.workload.Start;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Instances of a serial workflow run one after the other, and never take turns. */
final class SerialRules {
  private SerialRules() {}

  /**
   * The broken promises, one sentence each.
   *
   * @param entries of all instances, in the order in which they were written
   */
  static List<String> check(List<Start> starts, List<Journal.Entry> entries) {
    Map<String, String> serial = new HashMap<>(); // workflows by instances
    for (Start start : starts) {
      if (start.plan().isSerial()) {
        serial.put(start.instance(), start.plan().name());
      }
    }
    Map<String, String> present = new HashMap<>(); // instances by workflows
    Set<String> over = new HashSet<>();
    List<String> broken = new ArrayList<>();
    for (Journal.Entry entry : entries) {
      String workflow = serial.get(entry.instance());
      if (workflow == null) {
        continue;
      }
      if (over.contains(entry.instance())) {
        broken.add(
            "instance %s of the serial workflow %s still did something after instance %s had begun: %s"
                .formatted(entry.instance(), workflow, present.get(workflow), entry));
      } else if (entry.kind() == Kind.START) {
        String before = present.put(workflow, entry.instance());
        if (before != null && !before.equals(entry.instance())) {
          over.add(before);
        }
      }
    }
    return broken;
  }
}
