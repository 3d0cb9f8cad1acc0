/**
 * The cluster as an API node sees it: who owns which slot (a cached reading of the one authority,
 * the slot table), who lives where, and how busy everybody is.
 */
package io.porpoise.api.cluster;
