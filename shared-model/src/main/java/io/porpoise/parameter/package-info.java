/**
 * Parameters: placeholders, time expressions, who wins over whom, and what a task sets by printing
 * it. Pure: the same inputs give the same texts; no clock (the base date is an input), no I/O.
 *
 * <p>A master makes one {@link io.porpoise.parameter.Parameters} per workflow instance and, for
 * each attempt it sends, a {@link io.porpoise.parameter.ParameterScope} from it:
 *
 * <pre>{@code
 * Parameters parameters = new Parameters(
 *     instance.options().params(), definition.params(), inherited, projectParams,
 *     new BuiltIns.Workflow(instance.id(), name, workflowId, project, projectId), baseDate.atZone(zone));
 * ParameterScope.Resolved sent = parameters
 *     .scope(task.params(), Upstream.of(outputsNearestFirst), new BuiltIns.Task(id, task.name(), code))
 *     .resolve(task.taskParams());
 * }</pre>
 *
 * <p>{@code sent.failure()} is the reason of an attempt that cannot be sent; else {@code
 * sent.taskParams()} and {@code sent.params()} are what a dispatch carries. The placeholder {@link
 * io.porpoise.parameter.BuiltIns#EXECUTE_PATH} is left for the worker, which replaces it with
 * {@link io.porpoise.parameter.Placeholders#inTree} and knows nothing of the rest.
 *
 * <p>The conditions of a SWITCH are not resolved but evaluated, by {@link
 * io.porpoise.parameter.ParameterScope#evaluate}.
 *
 * <p>A worker feeds the log of an attempt that declares outputs to a {@link
 * io.porpoise.parameter.SetValueScanner}.
 *
 * <p>The rules are SEMANTICS.md, section 7. What parameters a definition declares is said in {@code
 * definition}; which tasks are ancestors, and which finished first, is known to the master alone.
 */
package io.porpoise.parameter;
