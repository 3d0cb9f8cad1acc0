/**
 * Who owns which slot, as those outside see it, and how an owner is told to look at its rows.
 * Authority over slots is the slot table's alone; what is said here may be late.
 */
package io.porpoise.owner;
