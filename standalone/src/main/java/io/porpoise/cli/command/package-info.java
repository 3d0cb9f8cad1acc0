/**
 * The commands of {@code porpoise}, one class a group: they read options, ask the server, and
 * print. How the server is spoken to is in {@code client}, what it looks like in {@code terminal},
 * workflow files in {@code source}.
 */
package io.porpoise.cli.command;
