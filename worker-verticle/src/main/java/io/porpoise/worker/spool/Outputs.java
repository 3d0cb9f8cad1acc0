package io.porpoise.worker.spool;

import io.porpoise.instance.Reason;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a task has printed as outputs.
 *
 * @param failure why they cannot be taken, or null
 */
public record Outputs(Map<String, String> values, Reason failure) {
  public Outputs {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
