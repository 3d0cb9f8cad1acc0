/** What can be done to the processes of a cluster, by plan or by hand, and how it is undone. */
package io.porpoise.chaos.fault;
