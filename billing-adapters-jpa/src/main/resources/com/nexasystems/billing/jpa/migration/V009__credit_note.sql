-- What is given back of issued invoices, and which later ones the balances paid.

CREATE TABLE credit_note (
    id            uuid        PRIMARY KEY,
    invoice_id    uuid        NOT NULL,
    service_id    uuid        NOT NULL,
    customer_id   uuid        NOT NULL,
    number        text        COLLATE "C" NOT NULL,
    reason        text        NOT NULL CHECK (reason IN ('duplicated_charge', 'product_unsatisfactory', 'order_change',
                  'order_cancellation', 'fraudulent_charge', 'other')),
    description   text        NOT NULL,
    issue_date    date        NOT NULL,
    issued_at     timestamptz NOT NULL,
    currency      text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    item_lines    numeric[]   NOT NULL,
    item_amounts  numeric[]   NOT NULL CHECK (cardinality(item_amounts) = cardinality(item_lines)),
    discount      numeric     NOT NULL CHECK (discount > '-Infinity' AND discount < 'Infinity'),
    credit        numeric     NOT NULL CHECK (credit >= 0 AND credit < 'Infinity'),
    refund        numeric     NOT NULL CHECK (refund >= 0 AND refund < 'Infinity'),
    offset_amount numeric     NOT NULL CHECK (offset_amount >= 0 AND offset_amount < 'Infinity'),
    balance       numeric     NOT NULL CHECK (balance >= 0),
    withdrawn     numeric     NOT NULL CHECK (withdrawn >= 0),
    refund_status text        CHECK (refund_status IN ('pending', 'succeeded', 'failed')),
    UNIQUE (service_id, number),
    CHECK (credit + refund + offset_amount > 0),
    CHECK (balance + withdrawn <= credit),
    CHECK ((refund_status IS NULL) = (refund = 0))
);
CREATE INDEX credit_note_of_invoice ON credit_note (invoice_id);
CREATE INDEX credit_note_of_service ON credit_note (service_id, issued_at, id);
CREATE INDEX credit_note_to_use ON credit_note (service_id, customer_id) WHERE balance > 0;

CREATE TABLE credit_note_tax (
    credit_note_id uuid      NOT NULL REFERENCES credit_note,
    position       int       NOT NULL,
    code           text      NOT NULL,
    percent        numeric   NOT NULL CHECK (percent >= 0 AND percent < 'Infinity'),
    base           numeric   NOT NULL CHECK (base > '-Infinity' AND base < 'Infinity'),
    amount         numeric   NOT NULL CHECK (amount > '-Infinity' AND amount < 'Infinity'),
    lines          numeric[] NOT NULL,
    PRIMARY KEY (credit_note_id, position)
);

-- A draw that was taken back stays, struck out: the history of a balance is not rewritten.
CREATE TABLE credit_note_draw (
    invoice_id     uuid        NOT NULL,
    credit_note_id uuid        NOT NULL REFERENCES credit_note,
    amount         numeric     NOT NULL CHECK (amount > 0 AND amount < 'Infinity'),
    currency       text        NOT NULL,
    at             timestamptz NOT NULL,
    taken_back     boolean     NOT NULL,
    PRIMARY KEY (invoice_id, credit_note_id)
);
CREATE INDEX credit_note_draw_of_note ON credit_note_draw (credit_note_id);
