/**
 * Workflow definitions over HTTP: save, read, check, release. A document is read whole or refused
 * whole, with every fault and its place; what is stored is its canonical form.
 */
package io.porpoise.api.workflow;
