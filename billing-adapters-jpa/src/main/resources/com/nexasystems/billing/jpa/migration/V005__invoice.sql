-- Invoices, as they were calculated: exact figures are numeric without a scale and keep every digit. The subject is the
-- subscription; of an invoice that is not a subscription's, the customer. It is the distribution key. The parts of an invoice
-- have no foreign key: they are written in the transaction that writes it, and nobody deletes it.

CREATE TABLE invoice (
    subject_id               uuid        NOT NULL,
    id                       uuid        NOT NULL,
    kind                     text        NOT NULL,
    kind_rank                int         NOT NULL,
    period_start             timestamptz NOT NULL,
    service_id               uuid        NOT NULL,
    customer_id              uuid        NOT NULL,
    customer_name            text        NOT NULL,
    external_subscription_id text,
    status                   text        NOT NULL
                             CHECK (status IN ('draft', 'finalised', 'paid', 'void', 'uncollectible', 'regrouped')),
    number                   text        COLLATE "C",
    due                      timestamptz NOT NULL,
    issue_date               date        NOT NULL,
    usage_start              timestamptz,
    usage_end                timestamptz,
    usage_zone               text,
    plan_code                text        COLLATE "C",
    plan_version             int         CHECK (plan_version > 0),
    currency                 text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    tax_level                text        NOT NULL CHECK (tax_level IN ('PER_LINE', 'ON_TOTAL', 'PER_COMPONENT')),
    tax_rounding             text        NOT NULL CHECK (tax_rounding IN ('HALF_UP', 'HALF_EVEN')),
    total                    numeric     NOT NULL CHECK (total > '-Infinity' AND total < 'Infinity'),
    PRIMARY KEY (id, subject_id),
    UNIQUE (subject_id, kind, period_start),
    CHECK ((kind, kind_rank) IN (('subscription', 0), ('usage', 1), ('adjustment', 2), ('interim', 3), ('one_off', 4),
        ('credits', 5), ('regrouped', 6), ('fixed', 7))),
    CHECK (num_nulls(external_subscription_id, plan_code, plan_version) IN (0, 3)),
    CHECK (external_subscription_id IS NOT NULL OR usage_start IS NULL),
    CHECK ((number IS NULL) = (status = 'draft')),
    CHECK (usage_start < usage_end),
    CHECK ((usage_start IS NULL) = (usage_end IS NULL) AND (usage_start IS NULL) = (usage_zone IS NULL))
);
CREATE INDEX invoice_of_service ON invoice (service_id, due, subject_id, kind_rank);
CREATE INDEX invoice_draft ON invoice (due, subject_id, kind_rank) WHERE status = 'draft';
CREATE INDEX invoice_draft_of_customer ON invoice (customer_id) WHERE status = 'draft';

CREATE TABLE invoice_line (
    subject_id      uuid        NOT NULL,
    invoice_id      uuid        NOT NULL,
    position        int         NOT NULL,
    kind            text        NOT NULL CHECK (kind IN ('FLAT', 'USAGE', 'ADJUSTMENT', 'INTERIM', 'FIXED', 'MINIMUM',
                    'COMMITMENT', 'ADD_ON', 'CREDITS', 'CORRECTION', 'DISCOUNT')),
    description     text        NOT NULL,
    plan_code       text        COLLATE "C",
    plan_version    int         CHECK (plan_version > 0),
    charge          text        NOT NULL,
    model           text        NOT NULL,
    filter          text,
    group_names     text[]      NOT NULL,
    group_values    text[]      NOT NULL CHECK (cardinality(group_values) = cardinality(group_names)),
    period_start    timestamptz NOT NULL,
    period_end      timestamptz NOT NULL,
    period_zone     text        NOT NULL,
    metric_code     text,
    aggregation     text,
    unit            text,
    records         bigint      CHECK (records >= 0),
    first_at        timestamptz,
    last_at         timestamptz,
    digest          text        CHECK (digest ~ '^[0-9a-f]{16}$'),
    carried         numeric     CHECK (carried > '-Infinity' AND carried < 'Infinity'),
    highest         boolean,
    quantity        numeric     CHECK (quantity >= 0 AND quantity < 'Infinity'),
    included        numeric     CHECK (included >= 0 AND included < 'Infinity'),
    overage         numeric     CHECK (overage >= 0 AND overage < 'Infinity'),
    remaining       numeric     CHECK (remaining >= 0 AND remaining < 'Infinity'),
    units           numeric     NOT NULL CHECK (units > '-Infinity' AND units < 'Infinity'),
    step_rules      text[]      NOT NULL,
    step_units      numeric[]   NOT NULL,
    step_prices     numeric[]   NOT NULL,
    step_pers       numeric[]   NOT NULL CHECK (0 < ALL (step_pers)),
    rounding        text        NOT NULL,
    already_billed  numeric     NOT NULL CHECK (already_billed > '-Infinity' AND already_billed < 'Infinity'),
    amount          numeric     NOT NULL CHECK (amount <> 0 AND amount > '-Infinity' AND amount < 'Infinity'),
    origin_id       uuid,
    origin_name     text,
    origin_draft    uuid,
    CHECK (num_nulls(origin_id, origin_name, origin_draft) IN (0, 3)),
    PRIMARY KEY (subject_id, invoice_id, position),
    CHECK ((plan_code IS NULL) = (plan_version IS NULL)),
    CHECK (period_start < period_end),
    CHECK (num_nulls(metric_code, aggregation, unit, records, digest, carried, highest, quantity, included, overage,
        remaining) IN (0, 11)),
    CHECK (cardinality(step_units) = cardinality(step_rules) AND cardinality(step_prices) = cardinality(step_rules)
        AND cardinality(step_pers) = cardinality(step_rules)),
    CHECK ('Infinity' > ALL (step_units) AND 'Infinity' > ALL (step_prices) AND 'Infinity' > ALL (step_pers))
);

CREATE TABLE invoice_tax (
    subject_id      uuid    NOT NULL,
    invoice_id      uuid    NOT NULL,
    position        int     NOT NULL,
    code            text    NOT NULL,
    percent         numeric NOT NULL CHECK (percent >= 0 AND percent < 'Infinity'),
    base            numeric NOT NULL CHECK (base > '-Infinity' AND base < 'Infinity'),
    amount          numeric NOT NULL CHECK (amount > '-Infinity' AND amount < 'Infinity'),
    lines           numeric[] NOT NULL,
    PRIMARY KEY (subject_id, invoice_id, position)
);

-- What coupons take off before tax, and what credit notes and prepaid credits pay after it.
CREATE TABLE invoice_discount (
    subject_id     uuid    NOT NULL,
    invoice_id     uuid    NOT NULL,
    position       int     NOT NULL,
    applied_coupon uuid    NOT NULL,
    code           text    NOT NULL,
    amount         numeric NOT NULL CHECK (amount > 0 AND amount < 'Infinity'),
    shares         numeric[] NOT NULL,
    PRIMARY KEY (subject_id, invoice_id, position)
);

CREATE TABLE invoice_credit (
    subject_id      uuid    NOT NULL,
    invoice_id uuid    NOT NULL,
    position   int     NOT NULL,
    kind       text    NOT NULL CHECK (kind IN ('CREDIT_NOTE', 'PREPAID')),
    source     uuid    NOT NULL,
    amount     numeric NOT NULL CHECK (amount > 0 AND amount < 'Infinity'),
    PRIMARY KEY (subject_id, invoice_id, position)
);

-- A number is given once: a unique key that has no place in a table distributed by subscription.
CREATE TABLE invoice_number (
    service_id      uuid NOT NULL,
    number          text COLLATE "C" NOT NULL,
    subject_id uuid NOT NULL,
    invoice_id      uuid NOT NULL,
    PRIMARY KEY (service_id, number)
);
CREATE INDEX invoice_number_text ON invoice_number (number);

-- A row instead of a sequence: a number that was taken by a transaction that failed is free again.
CREATE TABLE invoice_counter (
    service_id uuid   NOT NULL,
    series     text   NOT NULL CHECK (series IN ('INVOICE', 'CREDIT_NOTE')),
    next       bigint NOT NULL CHECK (next > 0),
    PRIMARY KEY (service_id, series)
);
