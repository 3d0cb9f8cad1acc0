-- The tables of the spine: slots, ids, projects, workflows, instances, tasks, commands, history, journal, alerts.
--
-- Rules of these files: a file that has been released is never edited (it is checksummed), a change is a new file.
-- Every statement ends with a semicolon at the end of a line and can be repeated without harm, because a migration that was
-- interrupted runs again from its first statement (DDL commits by itself in MySQL and MariaDB).
--
-- Conventions
--   times      BIGINT, microseconds since 1970-01-01 UTC: exact, free of session time zones. To read one:
--              FROM_UNIXTIME(created_at / 1e6)
--   states     TINYINT; the numbers are those of Apache DolphinScheduler (io.porpoise.store.sql.Codes has all of them):
--              workflow  0 SUBMITTED 1 RUNNING 2 PAUSING 3 PAUSED 4 STOPPING 5 STOPPED 6 FAILED 7 SUCCEEDED 14 SERIAL_WAIT
--              task      0 SUBMITTED 1 RUNNING 3 PAUSED 6 FAILED 7 SUCCEEDED 8 LOST 9 KILLED 12 DELAYED
--                        13 FORCED_SUCCESS 17 DISPATCHED
--   documents  JSON in a MEDIUMBLOB: plain UTF-8 (first byte '{' or '['), or a zlib stream (first byte 'x') when it was
--              longer than 1 KiB. NULL is the empty document.
--   names      compared to the byte (utf8mb4_bin)
--   no foreign keys: they take shared locks on parents, which would serialise batches; retention deletes from the leaves up

CREATE TABLE IF NOT EXISTS slot (
  slot SMALLINT NOT NULL PRIMARY KEY,
  owner VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'node id of a master, NULL: nobody',
  incarnation BIGINT NOT NULL DEFAULT 0,
  epoch BIGINT NOT NULL DEFAULT 0 COMMENT 'the fencing token: grows with every claim'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT IGNORE INTO slot (slot)
  WITH d (n) AS (SELECT 0 UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3)
  SELECT a.n + 4 * b.n + 16 * c.n + 64 * d.n + 256 * e.n FROM d a, d b, d c, d, d e;

CREATE TABLE IF NOT EXISTS id_block (
  sequence TINYINT NOT NULL PRIMARY KEY COMMENT '1 workflow instance, 2 task instance',
  next_id BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT IGNORE INTO id_block (sequence, next_id) VALUES (1, 1), (2, 1);

CREATE TABLE IF NOT EXISTS users (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(100) NOT NULL,
  password_hash VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'self-describing',
  is_admin TINYINT NOT NULL,
  UNIQUE KEY by_name (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS token (
  sha256 BINARY(32) NOT NULL PRIMARY KEY COMMENT 'the token itself is stored nowhere',
  user_id BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  KEY by_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS project (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(255) NOT NULL,
  description VARCHAR(4000) NOT NULL,
  created_by VARCHAR(100) NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE KEY by_name (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS workflow (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  project_id BIGINT NOT NULL,
  name VARCHAR(255) NOT NULL,
  version INT NOT NULL COMMENT 'the newest',
  release_state TINYINT NOT NULL COMMENT '1 ONLINE, 0 OFFLINE',
  description VARCHAR(4000) NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE KEY by_name (project_id, name),
  KEY names (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS workflow_version (
  workflow_id BIGINT NOT NULL,
  version INT NOT NULL,
  sha256 BINARY(32) NOT NULL COMMENT 'of the plain document',
  document MEDIUMBLOB NOT NULL,
  created_by VARCHAR(100) NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (workflow_id, version)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS task_code (
  code BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'stable over all versions',
  workflow_id BIGINT NOT NULL,
  name VARCHAR(255) NOT NULL,
  UNIQUE KEY by_name (workflow_id, name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS workflow_instance (
  id BIGINT NOT NULL PRIMARY KEY,
  slot SMALLINT NOT NULL,
  finished TINYINT NOT NULL,
  state TINYINT NOT NULL,
  version INT NOT NULL,
  run_times INT NOT NULL,
  project_id BIGINT NOT NULL,
  workflow_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  start_time BIGINT NULL,
  end_time BIGINT NULL,
  created_by VARCHAR(100) NOT NULL,
  reason_code VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  reason_text VARCHAR(1000) NULL,
  options MEDIUMBLOB NULL COMMENT 'start options',
  outputs MEDIUMBLOB NULL,
  KEY by_slot (slot, finished, id),
  KEY by_workflow (workflow_id, created_at, id),
  KEY by_project (project_id, created_at, id),
  KEY by_state (state, created_at, id),
  KEY by_creation (created_at, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS idempotency (
  user_id BIGINT NOT NULL,
  idempotency_key VARCHAR(255) NOT NULL,
  workflow_instance_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL COMMENT 'counts for 24 hours',
  PRIMARY KEY (user_id, idempotency_key),
  KEY by_age (created_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS task_instance (
  id BIGINT NOT NULL PRIMARY KEY,
  workflow_instance_id BIGINT NOT NULL,
  code BIGINT NOT NULL,
  state TINYINT NOT NULL,
  valid TINYINT NOT NULL,
  has_payload TINYINT NOT NULL COMMENT '0: task_payload does not count',
  kill_cause TINYINT NULL COMMENT '1 STOP, 2 USER, 3 TIMEOUT, 4 FAILURE_STRATEGY',
  attempt INT NOT NULL,
  retries INT NOT NULL,
  losses INT NOT NULL,
  dispatches INT NOT NULL,
  exit_code INT NULL,
  first_submit_time BIGINT NULL,
  submit_time BIGINT NULL,
  start_time BIGINT NULL,
  end_time BIGINT NULL,
  due_at BIGINT NULL,
  name VARCHAR(255) NOT NULL,
  task_type VARCHAR(64) NOT NULL,
  worker_group VARCHAR(255) NULL,
  worker VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NULL,
  reason_code VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  reason_text VARCHAR(1000) NULL,
  KEY by_workflow_instance (workflow_instance_id, valid)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS task_payload (
  task_instance_id BIGINT NOT NULL PRIMARY KEY,
  params MEDIUMBLOB NULL COMMENT 'as resolved',
  outputs MEDIUMBLOB NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS command (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  slot SMALLINT NOT NULL,
  type TINYINT NOT NULL COMMENT '1 STOP 2 PAUSE 3 RESUME 4 RERUN 5 RECOVER_FAILED 6 KILL_TASK 7 FORCE_SUCCESS',
  workflow_instance_id BIGINT NOT NULL,
  task_instance_id BIGINT NULL,
  actor VARCHAR(100) NOT NULL,
  created_at BIGINT NOT NULL COMMENT 'by the clock of the database',
  KEY by_slot (slot),
  KEY by_workflow_instance (workflow_instance_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- One row per instance and commit: [[micros, task, attempt, from, to, cause, actor], ...], oldest first.
CREATE TABLE IF NOT EXISTS history (
  workflow_instance_id BIGINT NOT NULL,
  number BIGINT NOT NULL AUTO_INCREMENT,
  entries MEDIUMBLOB NOT NULL,
  PRIMARY KEY (workflow_instance_id, number),
  KEY by_number (number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS journal (
  node VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  incarnation BIGINT NOT NULL,
  shard SMALLINT NOT NULL,
  seq BIGINT NOT NULL COMMENT 'the last batch that was committed',
  PRIMARY KEY (node, incarnation, shard)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS alert (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  workflow_instance_id BIGINT NOT NULL,
  kind VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content MEDIUMBLOB NOT NULL,
  created_at BIGINT NOT NULL,
  state TINYINT NOT NULL DEFAULT 0 COMMENT '0 waiting, 1 sent, 2 given up',
  attempts INT NOT NULL DEFAULT 0,
  due_at BIGINT NOT NULL COMMENT 'not before; also the end of the lease of who is sending it',
  KEY by_due (state, due_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
