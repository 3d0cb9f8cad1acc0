package io.porpoise.conformance.form;

import java.time.Duration;
import java.util.Map;

/**
 * One thing that somebody does.
 *
 * @param place in the file
 * @param at how long after the first step, or null
 * @param once what it waits for, or null
 * @param refusal null: it is accepted
 */
public record Step(String place, Act act, Duration at, Condition once, Refusal refusal) {

  /** What is done. */
  public sealed interface Act {}

  /**
   * Starts an instance.
   *
   * @param workflow null: the first that is given
   * @param options the body of the request
   */
  public record Start(String workflow, Map<String, Object> options) implements Act {}

  /** An action of the interface on an instance or a task instance. */
  public record Action(String name, Subject subject) implements Act {}

  /** Saves a definition. */
  public record Save(Document document) implements Act {}

  /** Takes a workflow online or offline. */
  public record Release(String workflow, String state) implements Act {}

  /** Gives a task group another size. */
  public record Resize(String group, int size) implements Act {}

  /** Looks until all is as expected. */
  public record See(Expectation expectation) implements Act {}

  /**
   * How the interface refuses it.
   *
   * @param code null: any
   * @param says null: anything; else what stands in the answer
   */
  public record Refusal(int status, String code, String says) {}
}
