package io.porpoise.master.child;

import io.porpoise.instance.Parent;
import io.porpoise.instance.Reason;
import io.porpoise.instance.StartOptions;

/**
 * What a SUB_WORKFLOW task wants started.
 *
 * @param createdBy who started the parent
 */
public record ChildOrder(
    String project, String workflow, Parent parent, StartOptions options, String createdBy) {
  /**
   * Either an order or the reason why there cannot be one.
   *
   * @param failure null when the order is there
   */
  public record Made(ChildOrder order, Reason failure) {}
}
