package io.porpoise.cluster;

/**
 * What a member of the cluster does. A standalone process has one member per role, each with a node
 * id of its own.
 */
public enum Role {
  MASTER,
  WORKER,
  API,
  ALERT
}
