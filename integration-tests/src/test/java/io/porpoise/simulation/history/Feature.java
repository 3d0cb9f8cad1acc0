package io.porpoise.simulation.history;

/** What a history's workflows and users make use of; each history draws some of these. */
enum Feature {
  /** SWITCH and CONDITIONS. */
  BRANCHES,
  /** SUB_WORKFLOW, nested, with children that several parents share. */
  CHILDREN,
  /** Definitions of which one instance runs at a time. */
  SERIAL,
  /** Task groups, shared by several workflows. */
  GROUPS,
  /** What a start may say beyond the definition. */
  START_OPTIONS,
  /** Pauses, and finished instances that are set going again. */
  REOPENINGS
}
