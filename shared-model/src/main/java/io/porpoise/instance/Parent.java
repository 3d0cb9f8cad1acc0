package io.porpoise.instance;

/**
 * What a child instance belongs to.
 *
 * @param task the SUB_WORKFLOW attempt that started it; at most one child is ever started for one
 *     attempt
 * @param depth of the child: 1 for a child of an instance that has no parent
 */
public record Parent(WorkflowInstanceId instance, TaskInstanceId task, int depth) {
  /** How deep sub-workflows may nest (SEMANTICS.md, section 5). */
  public static final int DEPTH_MAX = 20;
}
