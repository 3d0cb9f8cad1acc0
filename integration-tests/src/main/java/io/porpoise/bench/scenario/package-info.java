/**
 * The loads, one class each. A scenario checks that what should have run has run, once and without
 * a retry, before it gives a figure; it asserts no time. The same code with small sizes is the
 * smoke test.
 */
package io.porpoise.bench.scenario;
