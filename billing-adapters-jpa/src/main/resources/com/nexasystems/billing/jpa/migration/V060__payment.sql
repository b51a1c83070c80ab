-- Collecting invoices. What is here is of invoices, a row or a few each, and little beside usage: its tables have keys that
-- are unique by themselves, and stay on one node of a distributed database, as those of credit notes do.

-- What was to be paid when the invoice was issued, and what of that has come.
ALTER TABLE invoice ADD payable numeric NOT NULL DEFAULT 0,
                    ADD paid    numeric NOT NULL DEFAULT 0,
                    ADD enrolled boolean NOT NULL DEFAULT false;

UPDATE invoice i SET payable = greatest(0, i.total - (SELECT coalesce(sum(c.amount), 0) FROM invoice_credit c
                                                      WHERE c.subject_id = i.subject_id AND c.invoice_id = i.id));

UPDATE invoice i SET paid = greatest(0, i.payable - (SELECT coalesce(sum(n.offset_amount), 0) FROM credit_note n
                                                     WHERE n.invoice_id = i.id
                                                       AND n.withdrawn < n.credit + n.refund + n.offset_amount))
WHERE i.status = 'paid';

ALTER TABLE invoice ALTER payable DROP DEFAULT,
                    ADD CHECK (payable >= 0 AND payable < 'Infinity'),
                    ADD CHECK (paid >= 0 AND paid < 'Infinity'),
                    ADD CHECK (paid = 0 OR status <> 'draft');

-- What a run looks for that opens collections. An invoice leaves it when it is enrolled, or paid, or needs no payment.
CREATE INDEX invoice_to_collect ON invoice (customer_id) WHERE status = 'finalised' AND NOT enrolled AND payable > paid;
CREATE INDEX customer_of_provider ON customer (id) WHERE stripe_customer_id IS NOT NULL;

CREATE TABLE collection (
    invoice_id   uuid        PRIMARY KEY,
    service_id   uuid        NOT NULL,
    customer_id  uuid        NOT NULL,
    state        text        NOT NULL CHECK (state IN ('open', 'done', 'failed')),
    declined     int         NOT NULL CHECK (declined >= 0),
    dunning_from timestamptz,
    next_at      timestamptz,
    CHECK (state <> 'open' OR next_at IS NOT NULL),
    CHECK (state <> 'done' OR next_at IS NULL),
    CHECK ((declined = 0) = (dunning_from IS NULL))
);
CREATE INDEX collection_due ON collection (next_at, invoice_id) WHERE next_at IS NOT NULL;
CREATE INDEX collection_not_done ON collection (invoice_id) WHERE state <> 'done';
CREATE INDEX collection_failed ON collection (customer_id) WHERE state = 'failed';

CREATE TABLE payment (
    id              uuid        PRIMARY KEY,
    invoice_id      uuid        NOT NULL,
    service_id      uuid        NOT NULL,
    customer_id     uuid        NOT NULL,
    number          int         NOT NULL CHECK (number > 0),
    method          text        NOT NULL CHECK (method IN ('provider', 'manual')),
    reference       text        COLLATE "C" NOT NULL UNIQUE,
    account         text,
    means           text,
    currency        text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    amount          numeric     NOT NULL CHECK (amount > 0 AND amount < 'Infinity'),
    status          text        NOT NULL CHECK (status IN ('asked', 'processing', 'succeeded', 'declined')),
    charge          text        COLLATE "C",
    applied         numeric     NOT NULL CHECK (applied >= 0),
    refusal_code    text,
    refusal_message text,
    dispute         text        CHECK (dispute IN ('open', 'won', 'lost')),
    created_at      timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL,
    UNIQUE (invoice_id, number),
    CHECK (applied <= amount),
    CHECK ((status = 'declined') = (refusal_code IS NOT NULL)),
    CHECK ((refusal_code IS NULL) = (refusal_message IS NULL))
);
CREATE INDEX payment_of_charge ON payment (charge) WHERE charge IS NOT NULL;
CREATE INDEX payment_open ON payment (invoice_id) WHERE status IN ('asked', 'processing');
CREATE INDEX payment_newest ON payment (service_id, created_at DESC, id DESC);
CREATE INDEX payment_of_customer ON payment (customer_id, service_id, created_at DESC, id DESC);

CREATE TABLE refund (
    id             uuid        PRIMARY KEY,
    payment_id     uuid        NOT NULL REFERENCES payment,
    service_id     uuid        NOT NULL,
    credit_note_id uuid,
    reference      text        COLLATE "C" NOT NULL UNIQUE,
    currency       text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    amount         numeric     NOT NULL CHECK (amount > 0 AND amount < 'Infinity'),
    status         text        NOT NULL CHECK (status IN ('asked', 'processing', 'succeeded', 'failed')),
    provider_id    text,
    failure        text,
    next_at        timestamptz,
    created_at     timestamptz NOT NULL
);
CREATE INDEX refund_of_payment ON refund (payment_id, id);
CREATE INDEX refund_of_note ON refund (credit_note_id) WHERE credit_note_id IS NOT NULL;
CREATE INDEX refund_due ON refund (next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX credit_note_promised ON credit_note (id) WHERE refund_status = 'pending';

-- Which thresholds of a quota were announced.
CREATE TABLE threshold_mark (
    subscription_id uuid        NOT NULL,
    charge          text        COLLATE "C" NOT NULL,
    period_start    timestamptz NOT NULL,
    percent         int         NOT NULL,
    PRIMARY KEY (subscription_id, charge, period_start, percent)
);
