-- Where people have put the tasks of a workflow on its canvas: {"task": {"x": 1, "y": 2}, ...}. Beside the versions, because a move
-- changes nothing that runs.

CREATE TABLE IF NOT EXISTS workflow_layout (
  workflow_id BIGINT NOT NULL PRIMARY KEY,
  layout MEDIUMBLOB NOT NULL,
  updated_by VARCHAR(100) NOT NULL,
  updated_at BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
