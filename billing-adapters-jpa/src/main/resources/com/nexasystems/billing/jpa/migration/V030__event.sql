-- Single events are asked for by their key alone. Counters of windows, which come in bulk, pay nothing for it.
CREATE INDEX usage_record_event ON usage_record (idempotency_key) WHERE end_at IS NULL;
