package io.porpoise.instance;

/**
 * The child instance of a SUB_WORKFLOW attempt.
 *
 * @param round the last round of the child of which the attempt knows; an end of this round or an
 *     older one is old news. 0: the child has just been started
 */
public record ChildRun(WorkflowInstanceId id, int round) {}
