/**
 * What a user drew: workflow definitions, their tasks, edges and declared parameters, as immutable
 * values. Pure: no clock, no I/O, no library.
 *
 * <p>Only {@code definition.document} turns what people write into these values, and it checks
 * everything first, so whoever holds a definition may rely on it. What happens when a definition is
 * run stands in {@code instance}.
 */
package io.porpoise.definition;
