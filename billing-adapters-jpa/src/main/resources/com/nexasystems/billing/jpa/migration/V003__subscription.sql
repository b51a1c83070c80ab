-- The distribution key of everything below is the subscription's id.

CREATE TABLE subscription (
    id              uuid        PRIMARY KEY,
    service_id      uuid        NOT NULL,
    customer_id     uuid        NOT NULL,
    external_id     text        COLLATE "C" NOT NULL,
    state           text        NOT NULL
                    CHECK (state IN ('shadow', 'pending', 'trialing', 'active', 'past_due', 'paused', 'terminated')),
    zone            text        NOT NULL,
    -- The phases, one element each in every array: read and written with the subscription, and never alone.
    phase_starts          timestamptz[] NOT NULL CHECK (cardinality(phase_starts) > 0),
    phase_plans           text[]        NOT NULL CHECK (cardinality(phase_plans) = cardinality(phase_starts)),
    phase_intervals       text[]        NOT NULL CHECK (cardinality(phase_intervals) = cardinality(phase_starts)),
    phase_anchors         text[]        NOT NULL CHECK (cardinality(phase_anchors) = cardinality(phase_starts)),
    phase_usage_intervals text[]        NOT NULL CHECK (cardinality(phase_usage_intervals) = cardinality(phase_starts)),
    phase_fixed_intervals text[]        NOT NULL CHECK (cardinality(phase_fixed_intervals) = cardinality(phase_starts)),
    phase_in_advance      boolean[]     NOT NULL CHECK (cardinality(phase_in_advance) = cardinality(phase_starts)),
    phase_paused          boolean[]     NOT NULL CHECK (cardinality(phase_paused) = cardinality(phase_starts)),
    trial_end       timestamptz,
    ended_at        timestamptz,
    unused_time     text        CHECK (unused_time IN ('CREDIT', 'REFUND', 'SKIP')),
    watched         boolean     NOT NULL,
    billed_through  timestamptz NOT NULL,
    flat_through    timestamptz NOT NULL,
    last_invoice_at timestamptz,
    next_invoice_at timestamptz,
    CHECK ((ended_at IS NULL) = (unused_time IS NULL)),
    CHECK (phase_starts[1] <= ended_at),
    CHECK (phase_starts[1] <= billed_through)
);

-- What a billing run looks for. A predicate, so that what is not billed costs it nothing.
CREATE INDEX subscription_due ON subscription (next_invoice_at, id)
    WHERE state IN ('pending', 'trialing', 'active', 'past_due', 'paused', 'terminated');

-- Which subscription a service's own id names now. A table of its own, since a unique key of the subscription table could
-- not leave the distribution key out.
CREATE TABLE subscription_name (
    service_id      uuid NOT NULL,
    external_id     text COLLATE "C" NOT NULL,
    subscription_id uuid NOT NULL,
    PRIMARY KEY (service_id, external_id)
);

-- Which subscriptions are or were on a plan, in the order in which they are gone through: those of one customer in a row.
CREATE TABLE subscription_plan (
    plan_code       text COLLATE "C" NOT NULL,
    customer_id     uuid NOT NULL,
    subscription_id uuid NOT NULL,
    PRIMARY KEY (plan_code, customer_id, subscription_id)
);
