-- Lists of one state within a workflow or a project walk an index of their own: along the general ones a rare state is looked
-- for among all instances there ever were.

ALTER TABLE workflow_instance
  ADD KEY by_workflow_state (workflow_id, state, created_at, id),
  ADD KEY by_project_state (project_id, state, created_at, id);
