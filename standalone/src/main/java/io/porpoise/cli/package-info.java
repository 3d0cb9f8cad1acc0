/**
 * The entry of the command line: {@code scripts/porpoise}, and the main class of the standalone fat
 * jar.
 */
package io.porpoise.cli;
