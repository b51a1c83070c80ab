-- The books of real invoices. Orders of text are the core's: by code point, which is COLLATE "C".
--
-- What is posted stays as it is. No right, and no statement, changes or removes it: triggers refuse that even to the role
-- that owns the tables, as long as it does not drop them; so the role that the engine works as should own nothing here. What
-- is added must continue what is there, and is looked at once more when it is committed. Triggers look for tables in this
-- schema only: a temporary table of the same name is not asked. A superuser can do as he likes; the chain shows it.

-- In the order in which the core sorts them.
CREATE TYPE entry_kind AS ENUM ('invoice', 'balance', 'prepaid', 'credit-note', 'payment', 'overpayment', 'refund',
                                'write-off', 'recovery', 'reversal');
CREATE TYPE account_type AS ENUM ('clearing', 'receivable', 'customer-balance', 'prepaid', 'tax', 'revenue', 'bad-debt');

-- A text with its length before it, as it goes into digests.
CREATE FUNCTION ledger_framed(framed text) RETURNS bytea LANGUAGE sql STABLE
    RETURN int4send(octet_length(convert_to(framed, 'UTF8'))) || convert_to(framed, 'UTF8');

-- The digest of evidence, in the words of the core's Evidence.sha256.
CREATE FUNCTION ledger_evidence_digest(invoice text, names text[], documents bytea[]) RETURNS text LANGUAGE sql IMMUTABLE
    SET search_path = pg_catalog AS $$
    SELECT encode(sha256(int8send(octet_length(convert_to(invoice, 'UTF8'))) || convert_to(invoice, 'UTF8')
        || coalesce(string_agg(int8send(octet_length(convert_to(d.name, 'UTF8'))) || convert_to(d.name, 'UTF8')
            || int8send(octet_length(d.bytes)) || d.bytes, ''::bytea ORDER BY d.place), ''::bytea)), 'hex')
    FROM unnest(names, documents) WITH ORDINALITY AS d(name, bytes, place)
$$;

-- What is known of an invoice. Written anew as a whole whenever its source is looked at.
CREATE TABLE ledger_invoice (
    invoice                text        COLLATE "C" PRIMARY KEY,
    outcome                text        NOT NULL CHECK (outcome IN ('booked', 'skipped', 'held', 'unverified')),
    reason_code            text        COLLATE "C",
    reason_text            text,
    settled                boolean     NOT NULL,
    -- What its source said of it, if it ever did.
    number                 text,
    party                  text        COLLATE "C",
    party_name             text,
    issued                 date,
    due                    date,
    currency               char(3)     CHECK (currency ~ '^[A-Z]{3}$'),
    total                  numeric     CHECK (total > '-Infinity' AND total < 'Infinity'),
    evidence               text        CHECK (evidence ~ '^[0-9a-f]{64}$'),
    -- Lines that no family rule matches, one element each in every array.
    unmatched_lines        text[]      NOT NULL,
    unmatched_descriptions text[]      NOT NULL CHECK (cardinality(unmatched_descriptions) = cardinality(unmatched_lines)),
    unmatched_nets         numeric[]   NOT NULL CHECK (cardinality(unmatched_nets) = cardinality(unmatched_lines)),
    unmatched_currencies   text[]      NOT NULL CHECK (cardinality(unmatched_currencies) = cardinality(unmatched_lines)),
    changed                text[]      NOT NULL,
    verified_at            timestamptz,
    tried_at               timestamptz NOT NULL,
    CHECK ((outcome = 'booked') = (reason_code IS NULL)),
    CHECK ((reason_code IS NULL) = (reason_text IS NULL)),
    CHECK (num_nulls(party, party_name, currency, total) IN (0, 4)),
    CHECK (party IS NOT NULL OR num_nonnulls(number, issued, due) = 0)
);
CREATE INDEX ledger_invoice_outcome ON ledger_invoice (outcome, invoice);
CREATE INDEX ledger_invoice_changed ON ledger_invoice (invoice) WHERE cardinality(changed) > 0;
CREATE INDEX ledger_invoice_unmatched ON ledger_invoice (invoice) WHERE cardinality(unmatched_lines) > 0;

-- What sources have answered, byte by byte. Goes with the last draft that was derived from it, unless that was posted.
CREATE TABLE ledger_evidence (
    sha256     text        COLLATE "C" PRIMARY KEY,
    invoice    text        COLLATE "C" NOT NULL,
    fetched_at timestamptz NOT NULL,
    names      text[]      NOT NULL,
    documents  bytea[]     NOT NULL,
    CHECK (cardinality(documents) = cardinality(names)),
    CHECK (sha256 = ledger_evidence_digest(invoice, names, documents))
);

-- Answers are JSON, which LZ4 makes small at next to no cost; not every server is built with it.
DO $$
BEGIN
    ALTER TABLE ledger_evidence ALTER documents SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    NULL;
END
$$;

-- Read and written as a whole, its postings with it: one element each in every array.
CREATE TABLE ledger_draft (
    invoice         text      COLLATE "C" NOT NULL,
    kind            entry_kind NOT NULL,
    fact            text      COLLATE "C" NOT NULL,
    revision        int       NOT NULL CHECK (revision > 0),
    date            date      NOT NULL,
    party           text      COLLATE "C" NOT NULL,
    text            text      NOT NULL,
    evidence        text      COLLATE "C" NOT NULL REFERENCES ledger_evidence,
    account_types   text[]    NOT NULL CHECK (cardinality(account_types) > 1),
    account_details text[]    NOT NULL CHECK (cardinality(account_details) = cardinality(account_types)),
    currencies      text[]    NOT NULL CHECK (cardinality(currencies) = cardinality(account_types)),
    amounts         numeric[] NOT NULL CHECK (cardinality(amounts) = cardinality(account_types)),
    PRIMARY KEY (invoice, kind, fact, revision)
);
CREATE INDEX ledger_draft_by_date ON ledger_draft (date, invoice, kind, fact, revision);
CREATE INDEX ledger_draft_evidence ON ledger_draft (evidence);

-- Up to which day nothing is posted. The one row is always there.
CREATE TABLE period_lock (
    one               boolean     PRIMARY KEY DEFAULT true CHECK (one),
    until             date        CHECK (isfinite(until)),
    requested_until   date        CHECK (isfinite(requested_until)),
    requested_by_kind text,
    requested_by_name text,
    request_reason    text,
    requested_at      timestamptz,
    CHECK (num_nulls(requested_by_kind, requested_by_name, request_reason, requested_at) IN (0, 4)),
    CHECK (requested_at IS NOT NULL OR requested_until IS NULL)
);
INSERT INTO period_lock DEFAULT VALUES;

CREATE TABLE journal_entry (
    sequence  bigint      PRIMARY KEY CHECK (sequence > 0),
    invoice   text        COLLATE "C" NOT NULL CHECK (invoice <> ''),
    kind      entry_kind  NOT NULL,
    fact      text        COLLATE "C" NOT NULL,
    revision  int         NOT NULL CHECK (revision > 0),
    date      date        NOT NULL CHECK (date BETWEEN '0001-01-01' AND '9999-12-31'),
    party     text        COLLATE "C" NOT NULL CHECK (party <> ''),
    text      text        NOT NULL CHECK (text <> ''),
    evidence  text        COLLATE "C" NOT NULL REFERENCES ledger_evidence,
    reverses  bigint      UNIQUE REFERENCES journal_entry,
    by_kind   text        NOT NULL,
    by_name   text        NOT NULL,
    posted_at timestamptz NOT NULL CHECK (isfinite(posted_at)),
    postings  int         NOT NULL CHECK (postings > 1),
    chain     text        COLLATE "C" NOT NULL CHECK (chain ~ '^[0-9a-f]{64}$'),
    UNIQUE (invoice, kind, fact, revision),
    CHECK ((kind = 'reversal') = (reverses IS NOT NULL)),
    CHECK (reverses < sequence)
);
CREATE INDEX journal_entry_date ON journal_entry (date);
CREATE INDEX journal_entry_evidence ON journal_entry (evidence);

CREATE TABLE journal_posting (
    entry          bigint       NOT NULL REFERENCES journal_entry,
    number         int          NOT NULL CHECK (number > 0),
    account_type   account_type NOT NULL,
    account_detail text         COLLATE "C" NOT NULL,
    currency       char(3)      NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    amount         numeric      NOT NULL CHECK (amount <> 0 AND amount > '-Infinity' AND amount < 'Infinity'),
    PRIMARY KEY (entry, number),
    CHECK ((account_type IN ('clearing', 'tax', 'revenue')) = (account_detail <> ''))
);

CREATE TABLE journal_seal (
    last    bigint      PRIMARY KEY REFERENCES journal_entry,
    first   bigint      NOT NULL UNIQUE REFERENCES journal_entry,
    chain   text        COLLATE "C" NOT NULL CHECK (chain ~ '^[0-9a-f]{64}$'),
    by_kind text        NOT NULL,
    by_name text        NOT NULL,
    at      timestamptz NOT NULL CHECK (isfinite(at)),
    CHECK (first <= last)
);

-- Nothing of what is posted is changed or removed, nor the lock removed. On statements, so that it makes no difference how a
-- row would be reached: by ON CONFLICT DO UPDATE, by MERGE, or by a cascade.
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what is in the books stays as it is', tg_op, tg_table_name
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_posting
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_seal
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
-- Evidence of what is posted is kept by the foreign key.
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON ledger_evidence
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER always_there BEFORE DELETE OR TRUNCATE ON period_lock
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();

-- Whoever adds entries has the end of the journal, and its lock, to himself until his transaction ends. There is no gap, so
-- that entries continue the journal if they have none and the one before the first of them is there.
CREATE FUNCTION journal_entry_continues() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, "${flyway:defaultSchema}", pg_temp AS $$
DECLARE
    locked  date;
    lowest  bigint;
    highest bigint;
    added   bigint;
    early   date;
BEGIN
    SELECT until INTO STRICT locked FROM period_lock FOR UPDATE;
    SELECT min(sequence), max(sequence), count(*), min(date) INTO lowest, highest, added, early FROM new_entry;
    IF added = 0 THEN
        RETURN NULL;
    END IF;
    IF highest - lowest + 1 <> added
       OR lowest > 1 AND NOT EXISTS (SELECT FROM journal_entry WHERE sequence = lowest - 1) THEN
        RAISE EXCEPTION 'entries % to % do not continue the journal', lowest, highest
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF early <= locked THEN
        RAISE EXCEPTION 'nothing is posted until % any more: %', locked, early
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER continues AFTER INSERT ON journal_entry REFERENCING NEW TABLE AS new_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_continues();

-- An entry under a seal has all its postings.
CREATE FUNCTION journal_posting_is_open() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, "${flyway:defaultSchema}", pg_temp AS $$
DECLARE
    lowest bigint := (SELECT min(entry) FROM new_posting);
BEGIN
    IF lowest <= (SELECT max(last) FROM journal_seal) THEN
        RAISE EXCEPTION 'entry % is sealed: nothing is added to it', lowest
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER is_open AFTER INSERT ON journal_posting REFERENCING NEW TABLE AS new_posting
    FOR EACH STATEMENT EXECUTE FUNCTION journal_posting_is_open();

-- At commit: no entry without a seal. What a seal is on, is looked at with the seal.
CREATE FUNCTION journal_entry_is_sealed() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, "${flyway:defaultSchema}", pg_temp AS $$
BEGIN
    IF new.sequence > coalesce((SELECT max(last) FROM journal_seal), 0) THEN
        RAISE EXCEPTION 'entry % has no seal', new.sequence USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER is_sealed AFTER INSERT ON journal_entry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION journal_entry_is_sealed();

-- The first entry that does not say itself what its postings are, or whose debits and credits differ in a currency.
CREATE FUNCTION journal_unbalanced(lowest bigint, highest bigint) RETURNS bigint LANGUAGE sql STABLE
    SET search_path = pg_catalog, "${flyway:defaultSchema}", pg_temp AS $$
    SELECT min(wrong.sequence) FROM (
        SELECT e.sequence FROM journal_entry e
            LEFT JOIN journal_posting p ON p.entry = e.sequence AND p.entry BETWEEN lowest AND highest
        WHERE e.sequence BETWEEN lowest AND highest
        GROUP BY e.sequence HAVING count(p.entry) <> e.postings OR max(p.number) <> e.postings
        UNION ALL
        SELECT p.entry FROM journal_posting p WHERE p.entry BETWEEN lowest AND highest
        GROUP BY p.entry, p.currency HAVING sum(p.amount) <> 0
    ) wrong
$$;

-- The first reversal that does not take back exactly what it names.
CREATE FUNCTION journal_unlike(lowest bigint, highest bigint) RETURNS bigint LANGUAGE sql STABLE
    SET search_path = pg_catalog, "${flyway:defaultSchema}", pg_temp AS $$
    SELECT min(wrong.sequence) FROM (
        SELECT r.sequence FROM journal_entry r JOIN journal_entry e ON e.sequence = r.reverses
        WHERE r.sequence BETWEEN lowest AND highest
          AND (r.invoice, r.fact, r.revision, r.party, r.evidence)
              IS DISTINCT FROM (e.invoice, e.kind || '/' || e.fact || '/' || e.revision, 1, e.party, e.evidence)
        UNION ALL
        SELECT r.sequence FROM journal_entry r
            CROSS JOIN LATERAL (SELECT * FROM journal_posting p WHERE p.entry = r.sequence
                                UNION ALL SELECT * FROM journal_posting p WHERE p.entry = r.reverses) p
        WHERE r.sequence BETWEEN lowest AND highest AND r.reverses IS NOT NULL
        GROUP BY r.sequence, p.account_type, p.account_detail, p.currency HAVING sum(p.amount) <> 0
    ) wrong
$$;

-- The first entry that is not linked to the one before, in the words of the core's EntryChain.
CREATE FUNCTION journal_unchained(lowest bigint, highest bigint) RETURNS bigint LANGUAGE sql STABLE
    SET search_path = pg_catalog, "${flyway:defaultSchema}", pg_temp AS $$
    SELECT min(e.sequence)
    FROM journal_entry e
        LEFT JOIN journal_entry b ON b.sequence = e.sequence - 1 AND b.sequence BETWEEN lowest - 1 AND highest
        JOIN (SELECT p.entry, string_agg(
                  ledger_framed(p.account_type || CASE p.account_detail WHEN '' THEN '' ELSE ':' || p.account_detail END)
                  || ledger_framed(p.currency::text) || ledger_framed(p.amount::text), ''::bytea ORDER BY p.number) AS framed
              FROM journal_posting p WHERE p.entry BETWEEN lowest AND highest GROUP BY p.entry) p ON p.entry = e.sequence
    WHERE e.sequence BETWEEN lowest AND highest
      AND e.chain <> encode(sha256(ledger_framed(coalesce(b.chain, repeat('0', 64))) || ledger_framed(e.sequence::text)
          || ledger_framed(e.invoice || '#' || e.kind || '#' || e.fact || '#' || e.revision)
          || ledger_framed(to_char(e.date, 'YYYY-MM-DD')) || ledger_framed(e.party) || ledger_framed(e.text)
          || ledger_framed(e.evidence) || ledger_framed(coalesce(e.reverses::text, '')) || ledger_framed(e.by_kind)
          || ledger_framed(e.by_name) || ledger_framed(floor(extract(epoch FROM e.posted_at))::bigint::text)
          || ledger_framed((extract(microseconds FROM e.posted_at)::bigint % 1000000 * 1000)::text)
          || ledger_framed(e.postings::text) || p.framed), 'hex')
$$;

-- At commit, per entry and currency: debits equal credits, and everything else that a seal vouches for.
CREATE FUNCTION journal_seal_holds() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, "${flyway:defaultSchema}", pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    wrong bigint;
BEGIN
    IF new.first <> coalesce((SELECT max(last) FROM journal_seal WHERE last < new.last), 0) + 1
       OR new.chain <> (SELECT chain FROM journal_entry WHERE sequence = new.last) THEN
        RAISE EXCEPTION 'the seal on entries % to % is not on what was posted', new.first, new.last
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    wrong := journal_unbalanced(new.first, new.last);
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'debits and credits of entry % differ, or not all of its postings are there', wrong
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    wrong := journal_unlike(new.first, new.last);
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'entry % is not the reversal of what it names', wrong
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    wrong := journal_unchained(new.first, new.last);
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'entry % is not linked to the one before', wrong USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER holds AFTER INSERT ON journal_seal DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION journal_seal_holds();
