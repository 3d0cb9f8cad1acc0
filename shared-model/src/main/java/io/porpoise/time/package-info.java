/**
 * Time as a port: {@link io.porpoise.time.Clock} is all that masters and workers know of it, {@link
 * io.porpoise.time.VertxClock} is the real one; simulations bring their own.
 */
package io.porpoise.time;
