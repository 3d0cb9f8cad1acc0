-- What the whole engine needs: serial queues, sub-workflows, task groups, chosen branches, reopened instances, alerts raised once.
-- An ALTER that is repeated after an interruption finds its columns there already; the program takes that for done, as an
-- ALTER is done as a whole or not at all. The content of an alert is {"text": "one sentence"}.

ALTER TABLE workflow
  ADD COLUMN execution_type TINYINT NOT NULL DEFAULT 0
    COMMENT 'of the newest version: 0 PARALLEL 1 SERIAL_WAIT 2 SERIAL_DISCARD 3 SERIAL_PRIORITY';

ALTER TABLE workflow_instance
  ADD COLUMN round INT NOT NULL DEFAULT 1 COMMENT 'how often it has been set going',
  ADD COLUMN ticket BIGINT NOT NULL DEFAULT 0 COMMENT 'its place in serial_queue, 0: none',
  ADD COLUMN reopening TINYINT NULL COMMENT 'when its turn comes: 1 RESUME 2 RECOVER_FAILED 3 RERUN',
  ADD COLUMN parent_instance BIGINT NULL,
  ADD COLUMN parent_task BIGINT NULL COMMENT 'the attempt that started it; it starts one at most',
  ADD COLUMN depth SMALLINT NOT NULL DEFAULT 0 COMMENT 'of nesting',
  ADD UNIQUE KEY by_parent (parent_task);

ALTER TABLE task_instance
  ADD COLUMN child BIGINT NULL COMMENT 'the workflow instance of a sub-workflow',
  ADD COLUMN child_round INT NOT NULL DEFAULT 0 COMMENT 'the last round of the child that is old news',
  ADD COLUMN branch VARCHAR(255) NULL COMMENT 'what a switch or a condition has chosen',
  ADD COLUMN task_group VARCHAR(255) NULL,
  ADD COLUMN task_group_priority INT NOT NULL DEFAULT 0;

ALTER TABLE command
  ADD COLUMN ticket BIGINT NOT NULL DEFAULT 0 COMMENT 'the place in serial_queue that was taken for it, 0: none',
  ADD COLUMN round INT NOT NULL DEFAULT 0 COMMENT 'of the instance, in another one it is refused; 0: whichever';

ALTER TABLE alert
  ADD COLUMN round INT NOT NULL DEFAULT 0,
  ADD COLUMN task_instance_id BIGINT NOT NULL DEFAULT 0 COMMENT '0: the instance itself',
  ADD UNIQUE KEY once (workflow_instance_id, round, task_instance_id, kind);

-- Who stands in the queue of a serial definition. Rows are inserted under a lock of the row in workflow.
CREATE TABLE IF NOT EXISTS serial_queue (
  ticket BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  workflow_id BIGINT NOT NULL,
  workflow_instance_id BIGINT NOT NULL,
  KEY by_workflow (workflow_id, ticket)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS task_group (
  name VARCHAR(255) NOT NULL PRIMARY KEY,
  size INT NOT NULL,
  description VARCHAR(4000) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- One row for each unfinished attempt that needs a slot, from when its delay is over; who takes slots locks the row in
-- task_group first.
CREATE TABLE IF NOT EXISTS task_group_queue (
  task_instance_id BIGINT NOT NULL PRIMARY KEY,
  task_group VARCHAR(255) NOT NULL,
  held TINYINT NOT NULL DEFAULT 0,
  reverse_priority INT NOT NULL COMMENT 'minus the priority, so that the index is in the order of service',
  first_submit_time BIGINT NOT NULL,
  workflow_instance_id BIGINT NOT NULL,
  KEY by_turn (task_group, held, reverse_priority, first_submit_time, task_instance_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
