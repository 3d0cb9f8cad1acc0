/**
 * What kinds of tasks a worker can run: a {@link io.porpoise.worker.task.TaskType} turns a dispatch
 * into a {@link io.porpoise.worker.task.Launch}, that is files, arguments and variables of a
 * process. Pure: nothing here starts anything; {@code spool} writes the launch down and {@code
 * process} runs it. Each type has a package of its own below this one.
 */
package io.porpoise.worker.task;
