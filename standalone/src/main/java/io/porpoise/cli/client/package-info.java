/**
 * The server as the command line sees it: HTTP with a token, problems as one line, and the
 * WebSocket stream with credits. Everything here may block; this is a program that waits for a
 * person.
 */
package io.porpoise.cli.client;
