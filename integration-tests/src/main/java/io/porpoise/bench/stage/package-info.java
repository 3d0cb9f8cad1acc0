/**
 * What scenarios stand on: a server with a MariaDB of its own ({@link
 * io.porpoise.bench.stage.Server}), its HTTP interface, its rows past all of Porpoise, the CPU of
 * each process, and the figures that come of it. It knows no scenario.
 */
package io.porpoise.bench.stage;
