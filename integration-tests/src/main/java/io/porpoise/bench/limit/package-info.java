/**
 * What plain programs reach on this machine at this moment: the unavoidable part of each figure.
 * They are measured in the same run, beside the scenario, because the machines are noisy. Nothing
 * of Porpoise is in them.
 */
package io.porpoise.bench.limit;
