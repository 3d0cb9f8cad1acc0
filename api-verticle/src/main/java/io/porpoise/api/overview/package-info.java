/**
 * What is going on, on one page: what runs, what waits, what failed lately. Its cost is bounded
 * (see {@link io.porpoise.store.Overviews}), and one reading serves all who ask within a second.
 */
package io.porpoise.api.overview;
