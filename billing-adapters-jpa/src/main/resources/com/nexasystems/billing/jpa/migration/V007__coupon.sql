-- Coupons, and what they took off. The distribution key is the customer's id.

CREATE TABLE coupon (
    service_id  uuid           NOT NULL,
    code        text           COLLATE "C" NOT NULL,
    name        text           NOT NULL,
    currency    text           CHECK (currency ~ '^[A-Z]{3}$'),
    amount      numeric        CHECK (amount > 0 AND amount < 'Infinity'),
    percent     numeric(38,12) CHECK (percent > 0 AND percent <= 100),
    frequency   text           NOT NULL CHECK (frequency IN ('once', 'recurring', 'forever')),
    invoices    int            CHECK (invoices > 0),
    plans       text[]         NOT NULL,
    metrics     text[]         NOT NULL,
    expires_at  timestamptz,
    reusable    boolean        NOT NULL,
    active      boolean        NOT NULL,
    PRIMARY KEY (service_id, code),
    CHECK ((amount IS NULL) = (currency IS NULL) AND (amount IS NULL) <> (percent IS NULL)),
    CHECK ((invoices IS NOT NULL) = (frequency = 'recurring')),
    CHECK (cardinality(plans) = 0 OR cardinality(metrics) = 0)
);

CREATE TABLE applied_coupon (
    id            uuid           PRIMARY KEY,
    service_id    uuid           NOT NULL,
    customer_id   uuid           NOT NULL,
    coupon_code   text           COLLATE "C" NOT NULL,
    currency      text           CHECK (currency ~ '^[A-Z]{3}$'),
    amount        numeric        CHECK (amount > 0 AND amount < 'Infinity'),
    percent       numeric(38,12) CHECK (percent > 0 AND percent <= 100),
    frequency     text           NOT NULL CHECK (frequency IN ('once', 'recurring', 'forever')),
    invoices      int            CHECK (invoices > 0),
    plans         text[]         NOT NULL,
    metrics       text[]         NOT NULL,
    amount_left   numeric        CHECK (amount_left >= 0 AND amount_left <= amount),
    invoices_left int            CHECK (invoices_left >= 0 AND invoices_left <= invoices),
    state         text           NOT NULL CHECK (state IN ('active', 'used_up', 'ended')),
    applied_at    timestamptz    NOT NULL,
    ended_at      timestamptz,
    single_use    boolean        NOT NULL,
    FOREIGN KEY (service_id, coupon_code) REFERENCES coupon,
    CHECK ((amount IS NULL) = (currency IS NULL) AND (amount IS NULL) <> (percent IS NULL)),
    CHECK ((invoices IS NOT NULL) = (frequency = 'recurring')),
    CHECK ((invoices_left IS NOT NULL) = (frequency = 'recurring')),
    CHECK ((amount_left IS NOT NULL) = (frequency = 'once' AND amount IS NOT NULL)),
    CHECK (cardinality(plans) = 0 OR cardinality(metrics) = 0),
    CHECK ((ended_at IS NULL) = (state = 'active'))
);
CREATE INDEX applied_coupon_of_customer ON applied_coupon (customer_id, service_id);
CREATE UNIQUE INDEX applied_coupon_single_use ON applied_coupon (customer_id, service_id, coupon_code) WHERE single_use;

CREATE TABLE coupon_redemption (
    invoice_id        uuid        NOT NULL,
    applied_coupon_id uuid        NOT NULL REFERENCES applied_coupon,
    position          bigint      GENERATED ALWAYS AS IDENTITY,
    coupon_code       text        COLLATE "C" NOT NULL,
    currency          text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    amount            numeric     NOT NULL CHECK (amount > 0 AND amount < 'Infinity'),
    shares            numeric[]   NOT NULL CHECK (0 <= ALL (shares)),
    at                timestamptz NOT NULL,
    stands            boolean     NOT NULL DEFAULT true,
    PRIMARY KEY (invoice_id, applied_coupon_id)
);
