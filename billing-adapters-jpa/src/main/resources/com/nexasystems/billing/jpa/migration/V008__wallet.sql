-- Prepaid credits. The distribution key is the customer's id, below it the wallet's.

-- Locked by whoever adds a wallet: two wallets of one customer cannot slip past each other.
CREATE TABLE wallet_holder (
    service_id  uuid NOT NULL,
    customer_id uuid NOT NULL,
    PRIMARY KEY (customer_id, service_id)
);

CREATE TABLE wallet (
    id            uuid           PRIMARY KEY,
    service_id    uuid           NOT NULL,
    customer_id   uuid           NOT NULL,
    name          text           NOT NULL,
    currency      text           NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    rate          numeric(38,12) NOT NULL CHECK (rate > 0 AND rate < 'Infinity'),
    priority      int            NOT NULL CHECK (priority > 0),
    metrics       text[]         NOT NULL,
    expires_at    timestamptz,
    status        text           NOT NULL CHECK (status IN ('active', 'terminated')),
    balance_units numeric(38,12) NOT NULL CHECK (balance_units >= 0 AND balance_units < 'Infinity'),
    balance_worth numeric        NOT NULL CHECK (balance_worth >= 0 AND balance_worth < 'Infinity'),
    created_at    timestamptz    NOT NULL
);
CREATE INDEX wallet_of_customer ON wallet (customer_id, service_id);

CREATE TABLE wallet_rule (
    wallet_id       uuid           NOT NULL REFERENCES wallet,
    position        int            NOT NULL,
    cycle_interval  text           CHECK (cycle_interval IN ('WEEKLY', 'MONTHLY', 'QUARTERLY', 'SEMIANNUAL', 'YEARLY')),
    cycle_anchor    date,
    cycle_zone      text,
    next_at         timestamptz,
    threshold       numeric(38,12) CHECK (threshold >= 0 AND threshold < 'Infinity'),
    paid            numeric(38,12) CHECK (paid >= 0 AND paid < 'Infinity'),
    granted         numeric(38,12) CHECK (granted >= 0 AND granted < 'Infinity'),
    target          numeric(38,12) CHECK (target > 0 AND target < 'Infinity'),
    expires_at      timestamptz,
    PRIMARY KEY (wallet_id, position),
    CHECK (num_nulls(cycle_interval, cycle_anchor, cycle_zone, next_at) IN (0, 4)),
    CHECK ((threshold IS NULL) <> (next_at IS NULL)),
    CHECK ((paid IS NULL) = (granted IS NULL) AND (paid IS NULL) <> (target IS NULL)),
    CHECK (paid + granted > 0)
);

CREATE TABLE wallet_transaction (
    id         uuid           PRIMARY KEY,
    wallet_id  uuid           NOT NULL REFERENCES wallet,
    kind       text           NOT NULL
               CHECK (kind IN ('granted', 'purchased', 'consumed', 'restored', 'voided', 'expired')),
    status     text           NOT NULL CHECK (status IN ('pending', 'settled', 'failed')),
    units      numeric(38,12) NOT NULL CHECK (units >= 0 AND units < 'Infinity'),
    worth      numeric        NOT NULL CHECK (worth >= 0 AND worth < 'Infinity'),
    left_units numeric(38,12) NOT NULL CHECK (left_units >= 0 AND left_units <= units),
    left_worth numeric        NOT NULL CHECK (left_worth >= 0 AND left_worth <= worth),
    expires_at timestamptz,
    invoice_id uuid,
    at         timestamptz    NOT NULL,
    settled_at timestamptz,
    CHECK ((settled_at IS NOT NULL) = (status = 'settled')),
    CHECK (status = 'settled' OR kind = 'purchased'),
    CHECK (left_units = 0 AND left_worth = 0 OR status = 'settled' AND kind IN ('granted', 'purchased')),
    CHECK ((invoice_id IS NOT NULL) = (kind IN ('consumed', 'restored')))
);
CREATE INDEX wallet_transaction_of_wallet ON wallet_transaction (wallet_id, at, id);
CREATE INDEX wallet_transaction_open ON wallet_transaction (wallet_id)
    WHERE status = 'pending' OR left_units > 0 OR left_worth > 0;
CREATE INDEX wallet_transaction_waiting ON wallet_transaction (id) WHERE status = 'pending';
-- A wallet pays an invoice once, and gets it back once.
CREATE UNIQUE INDEX wallet_transaction_of_invoice ON wallet_transaction (invoice_id, wallet_id, kind)
    WHERE invoice_id IS NOT NULL;

CREATE TABLE wallet_transaction_source (
    transaction_id uuid           NOT NULL REFERENCES wallet_transaction,
    position       int            NOT NULL,
    top_up_id      uuid           NOT NULL REFERENCES wallet_transaction,
    units          numeric(38,12) NOT NULL CHECK (units >= 0 AND units < 'Infinity'),
    worth          numeric        NOT NULL CHECK (worth >= 0 AND worth < 'Infinity'),
    PRIMARY KEY (transaction_id, position)
);
