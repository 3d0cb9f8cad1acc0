/**
 * Serves the built browser UI (sources in {@code src/main/ui}) from this jar, with the headers that
 * a browser needs to be strict. The files are read once, when the node starts, and kept in memory:
 * a few megabytes, never changed by anybody, so that an answer takes no thread, no disk, and no
 * look at a path outside the list of what was built. ({@code sendFile} would first copy each file
 * out of the jar to a cache directory, on a blocking thread.) Knows nothing of what the UI does.
 */
package io.porpoise.api.ui;
