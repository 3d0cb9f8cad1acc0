/**
 * What the user sees: colours, tables, times, and the live picture of a run. It knows JSON as the
 * server sends it, and neither the network nor the options of commands.
 */
package io.porpoise.cli.terminal;
