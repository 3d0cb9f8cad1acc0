/**
 * Bugs planted on purpose, one at a time, to see that the simulation finds each: a {@link
 * io.porpoise.simulation.planted.PlantedBug} is a patch of a few lines under {@code
 * src/test/planted}, compiled beside the real classes and loaded in their place, so the tree is
 * never touched. What is found, and by which promise, stands in {@code docs/simulation.md}.
 */
package io.porpoise.simulation.planted;
