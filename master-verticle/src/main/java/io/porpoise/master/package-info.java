/**
 * The master: decides. {@link io.porpoise.master.MasterNode} puts together what one node needs;
 * everything runs against ports, so that the simulation runs the same classes.
 */
package io.porpoise.master;
