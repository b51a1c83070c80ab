-- The distribution key of everything below is the subscription's id.

CREATE TABLE subscription (
    id              uuid        PRIMARY KEY,
    service_id      uuid        NOT NULL,
    customer_id     uuid        NOT NULL,
    external_id     text        COLLATE "C" NOT NULL,
    plan_code       text        COLLATE "C" NOT NULL,
    state           text        NOT NULL
                    CHECK (state IN ('shadow', 'pending', 'trialing', 'active', 'past_due', 'paused', 'terminated')),
    billed_interval text        NOT NULL
                    CHECK (billed_interval IN ('WEEKLY', 'MONTHLY', 'QUARTERLY', 'SEMIANNUAL', 'YEARLY')),
    anchor          date        NOT NULL,
    zone            text        NOT NULL,
    in_advance      boolean     NOT NULL,
    started_at      timestamptz NOT NULL,
    terminated_at   timestamptz,
    billed_through  timestamptz NOT NULL,
    next_invoice_at timestamptz,
    CHECK (started_at <= terminated_at),
    CHECK (started_at <= billed_through)
);

-- What a billing run looks for. A predicate, so that what is not billed costs it nothing.
CREATE INDEX subscription_due ON subscription (next_invoice_at, id)
    WHERE state IN ('pending', 'trialing', 'active', 'past_due', 'terminated');

-- Which subscription a service's own id names now. A table of its own, since a unique key of the subscription table could
-- not leave the distribution key out.
CREATE TABLE subscription_name (
    service_id      uuid NOT NULL,
    external_id     text COLLATE "C" NOT NULL,
    subscription_id uuid NOT NULL,
    PRIMARY KEY (service_id, external_id)
);

-- Which subscriptions are on a plan, in the order in which they are gone through: those of one customer in a row.
CREATE TABLE subscription_plan (
    plan_code       text COLLATE "C" NOT NULL,
    customer_id     uuid NOT NULL,
    subscription_id uuid NOT NULL,
    PRIMARY KEY (plan_code, customer_id, subscription_id)
);
