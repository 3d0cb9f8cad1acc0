/**
 * Workflow files on the author's machine: {@code $FILE}, {@code $ENV}, {@code $WORKFLOW} and {@code
 * ${CONFIG.KEY}} are resolved here and only here; the server never opens a path that a file names.
 * What a file means is none of this package's business: it changes the text of single values and
 * leaves every line where it was, so that the server's faults name the author's lines.
 */
package io.porpoise.cli.source;
