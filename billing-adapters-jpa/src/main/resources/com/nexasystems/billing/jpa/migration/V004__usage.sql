-- Written more than anything else: the primary key, the one index that aggregation needs, and no foreign key. That index has
-- all that most aggregations look at, so that they read it from end to end instead of the table here and there.

CREATE TABLE usage_record (
    subscription_id uuid           NOT NULL,
    metric_code     text           COLLATE "C" NOT NULL,
    idempotency_key text           COLLATE "C" NOT NULL,
    start_at        timestamptz    NOT NULL,
    end_at          timestamptz,
    quantity        numeric(38,12) NOT NULL CHECK (quantity < 'Infinity'),
    amount          numeric(38,12) CHECK (amount >= 0 AND amount < 'Infinity'),
    property_names  text[],
    property_values text[],
    source          text           NOT NULL,
    recorded_at     timestamptz    NOT NULL,
    fingerprint     bigint         NOT NULL,
    PRIMARY KEY (subscription_id, metric_code, idempotency_key),
    CHECK (start_at < end_at),
    CHECK (end_at IS NULL OR quantity >= 0),
    CHECK (cardinality(property_names) = cardinality(property_values))
);
CREATE INDEX usage_record_start ON usage_record (subscription_id, metric_code, start_at)
    INCLUDE (quantity, amount, fingerprint);

CREATE TABLE late_usage (
    subscription_id uuid        NOT NULL,
    metric_code     text        COLLATE "C" NOT NULL,
    period_start    timestamptz NOT NULL,
    period_end      timestamptz NOT NULL,
    zone            text        NOT NULL,
    PRIMARY KEY (subscription_id, metric_code, period_start, period_end),
    CHECK (period_start < period_end)
);

-- Watched subscriptions whose usage has changed since it was last looked at.
CREATE TABLE fresh_usage (
    subscription_id uuid PRIMARY KEY
);
