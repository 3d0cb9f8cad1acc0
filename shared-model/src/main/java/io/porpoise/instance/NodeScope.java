package io.porpoise.instance;

/** Which tasks a start from given nodes includes. */
public enum NodeScope {
  /** The nodes and all after them. */
  TASK_POST,
  /** The nodes and all before them. */
  TASK_PRE,
  /** Only the nodes. */
  TASK_ONLY
}
