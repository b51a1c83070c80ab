-- What is counted, what it costs, and the taxes on it. Figures are columns, so that no price hides in a document.

CREATE TABLE metric (
    code           text     COLLATE "C" PRIMARY KEY,
    name           text     NOT NULL,
    aggregation    text     NOT NULL
                   CHECK (aggregation IN ('count', 'sum', 'max', 'latest', 'unique_count', 'weighted_sum')),
    property       text,
    unit           text     NOT NULL,
    rounding_mode  text     NOT NULL CHECK (rounding_mode IN ('NONE', 'UP', 'DOWN', 'HALF_UP')),
    rounding_scale int      NOT NULL CHECK (rounding_scale BETWEEN -26 AND 12),
    recurring      boolean  NOT NULL CHECK (NOT recurring OR aggregation IN ('sum', 'unique_count', 'weighted_sum')),
    filter_properties text[] NOT NULL,
    filter_values     text[] NOT NULL CHECK (cardinality(filter_values) = cardinality(filter_properties)),
    expression        text   CHECK (expression IS NULL OR aggregation <> 'count'),
    CHECK ((property IS NOT NULL) = (aggregation = 'unique_count'))
);

CREATE TABLE plan (
    code            text    COLLATE "C" PRIMARY KEY,
    name            text    NOT NULL,
    currency        text    NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    billed_interval text    NOT NULL
                    CHECK (billed_interval IN ('WEEKLY', 'MONTHLY', 'QUARTERLY', 'SEMIANNUAL', 'YEARLY')),
    in_advance      boolean NOT NULL,
    active          boolean NOT NULL,
    trial_days            int     NOT NULL CHECK (trial_days >= 0),
    usage_monthly         boolean NOT NULL,
    fixed_charges_monthly boolean NOT NULL,
    overrides             text    COLLATE "C"
);
CREATE INDEX plan_edition ON plan (overrides) WHERE overrides IS NOT NULL;

CREATE TABLE plan_version (
    plan_code      text        COLLATE "C" NOT NULL REFERENCES plan,
    version        int         NOT NULL CHECK (version > 0),
    effective_from timestamptz NOT NULL,
    flat_price     numeric     NOT NULL CHECK (flat_price >= 0 AND flat_price < 'Infinity'),
    commitment     numeric     CHECK (commitment >= 0 AND commitment < 'Infinity'),
    PRIMARY KEY (plan_code, version),
    UNIQUE (plan_code, effective_from)
);

CREATE TABLE usage_threshold (
    plan_code text    COLLATE "C" NOT NULL,
    version   int     NOT NULL,
    position  int     NOT NULL,
    name      text    NOT NULL,
    amount    numeric NOT NULL CHECK (amount > 0 AND amount < 'Infinity'),
    recurring boolean NOT NULL,
    PRIMARY KEY (plan_code, version, position),
    FOREIGN KEY (plan_code, version) REFERENCES plan_version
);

-- Prices: of a charge on a metric, of one of its filters (at a place above 0), or of a fixed charge (which has units).
-- PostgreSQL sorts NaN above infinity, so that "below infinity" refuses both.
CREATE TABLE charge (
    plan_code      text           COLLATE "C" NOT NULL,
    version        int            NOT NULL,
    position       int            NOT NULL,
    filter         int            NOT NULL CHECK (filter >= 0),
    code           text           NOT NULL,
    name           text           NOT NULL,
    metric_code    text           COLLATE "C" REFERENCES metric,
    units          numeric(38,12) CHECK (units >= 0 AND units < 'Infinity'),
    included_units numeric(38,12) NOT NULL CHECK (included_units >= 0 AND included_units < 'Infinity'),
    in_advance     boolean        NOT NULL,
    prorated       boolean        NOT NULL,
    min_amount     numeric(38,12) NOT NULL CHECK (min_amount >= 0 AND min_amount < 'Infinity'),
    group_by       text[]         NOT NULL,
    filter_properties text[]      NOT NULL,
    filter_values     text[]      NOT NULL CHECK (cardinality(filter_values) = cardinality(filter_properties)),
    model          text           NOT NULL,
    price          numeric(38,12) CHECK (price >= 0 AND price < 'Infinity'),
    batch          numeric(38,12) CHECK (batch > 0 AND batch < 'Infinity'),
    package_size   numeric(38,12) CHECK (package_size > 0 AND package_size < 'Infinity'),
    free_units     numeric(38,12) CHECK (free_units >= 0 AND free_units < 'Infinity'),
    rate           numeric(38,12) CHECK (rate >= 0 AND rate < 'Infinity'),
    fixed_fee      numeric(38,12) CHECK (fixed_fee >= 0 AND fixed_fee < 'Infinity'),
    free_events    int            CHECK (free_events >= 0),
    free_amount    numeric(38,12) CHECK (free_amount >= 0 AND free_amount < 'Infinity'),
    minimum        numeric(38,12) CHECK (minimum >= 0 AND minimum < 'Infinity'),
    maximum        numeric(38,12) CHECK (maximum >= 0 AND maximum < 'Infinity'),
    PRIMARY KEY (plan_code, version, position, filter),
    UNIQUE (plan_code, version, code, filter),
    FOREIGN KEY (plan_code, version) REFERENCES plan_version,
    CHECK ((metric_code IS NULL) = (units IS NOT NULL)),
    CHECK ((filter > 0) = (cardinality(filter_properties) > 0)),
    CHECK (NOT (in_advance AND min_amount > 0)),
    CHECK (maximum >= minimum),
    CHECK (CASE model
        WHEN 'standard'             THEN price IS NOT NULL AND batch IS NOT NULL
        WHEN 'package'              THEN price IS NOT NULL AND package_size IS NOT NULL AND free_units IS NOT NULL
        WHEN 'percentage'           THEN rate IS NOT NULL AND fixed_fee IS NOT NULL AND free_events IS NOT NULL
                                         AND free_amount IS NOT NULL
        WHEN 'graduated'            THEN batch IS NOT NULL
        WHEN 'volume'               THEN batch IS NOT NULL
        WHEN 'graduated_percentage' THEN true
        WHEN 'dynamic'              THEN true
        ELSE false
    END)
);

CREATE TABLE charge_tier (
    plan_code       text           COLLATE "C" NOT NULL,
    version         int            NOT NULL,
    charge_position int            NOT NULL,
    charge_filter   int            NOT NULL,
    position        int            NOT NULL,
    up_to           numeric(38,12) CHECK (up_to > 0 AND up_to < 'Infinity'),
    price           numeric(38,12) NOT NULL CHECK (price >= 0 AND price < 'Infinity'),
    flat_fee        numeric(38,12) NOT NULL CHECK (flat_fee >= 0 AND flat_fee < 'Infinity'),
    PRIMARY KEY (plan_code, version, charge_position, charge_filter, position),
    FOREIGN KEY (plan_code, version, charge_position, charge_filter) REFERENCES charge
);

-- Locked by whoever adds a rate to it: two rates of one day cannot slip past each other.
CREATE TABLE tax_jurisdiction (
    code text PRIMARY KEY CHECK (code ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$')
);

CREATE TABLE tax_rate (
    jurisdiction text COLLATE "C" NOT NULL REFERENCES tax_jurisdiction,
    code         text COLLATE "C" NOT NULL,
    from_day     date NOT NULL,
    until_day    date,
    PRIMARY KEY (jurisdiction, code, from_day),
    CHECK (from_day < until_day)
);

CREATE TABLE tax_rate_component (
    jurisdiction text           COLLATE "C" NOT NULL,
    code         text           COLLATE "C" NOT NULL,
    from_day     date           NOT NULL,
    position     int            NOT NULL,
    name         text           NOT NULL,
    percent      numeric(38,12) NOT NULL CHECK (percent >= 0 AND percent < 'Infinity'),
    PRIMARY KEY (jurisdiction, code, from_day, position),
    FOREIGN KEY (jurisdiction, code, from_day) REFERENCES tax_rate
);
