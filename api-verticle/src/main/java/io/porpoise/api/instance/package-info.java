/**
 * Workflow instances and task instances over HTTP: start, list, look, act. Rows come from the
 * database as they were committed; only the reasons of unfinished ones are asked of their owners,
 * briefly, and derived when no answer comes. API nodes insert instances and commands and never
 * update an instance.
 */
package io.porpoise.api.instance;
