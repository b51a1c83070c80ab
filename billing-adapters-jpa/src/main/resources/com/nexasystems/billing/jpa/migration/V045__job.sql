-- Periodic work of the application: what runs when, on which instance, and how it went. The columns are db-scheduler's, which
-- alone reads and writes them; no more than a handful of rows.

CREATE TABLE job (
    task_name            text        COLLATE "C" NOT NULL,
    task_instance        text        COLLATE "C" NOT NULL,
    task_data            bytea,
    execution_time       timestamptz,
    picked               boolean     NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures int,
    last_heartbeat       timestamptz,
    version              bigint      NOT NULL,
    priority             smallint,
    state                text,
    PRIMARY KEY (task_name, task_instance)
);
