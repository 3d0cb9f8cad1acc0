/**
 * The UI in a real browser, against a real server; the stories themselves are in {@code
 * src/test/ui}.
 */
package io.porpoise.ui;
