-- Who calls, and who pays. Small tables: on a distributed database they are replicated, not distributed.

CREATE TABLE service (
    id     uuid    PRIMARY KEY,
    code   text    COLLATE "C" NOT NULL UNIQUE,
    name   text    NOT NULL,
    active boolean NOT NULL
);

CREATE TABLE service_key (
    service_id uuid NOT NULL REFERENCES service,
    position   int  NOT NULL,
    sha256     text NOT NULL,
    PRIMARY KEY (service_id, position)
);
CREATE INDEX service_key_hash ON service_key (sha256);

CREATE TABLE customer (
    id                 uuid    PRIMARY KEY,
    name               text    NOT NULL,
    email              text,
    line1              text,
    line2              text,
    city               text,
    region             text,
    postal_code        text,
    country            text    CHECK (country ~ '^[A-Z]{2}$'),
    tax_id             text,
    tax_exempt         boolean NOT NULL,
    currency           text    CHECK (currency ~ '^[A-Z]{3}$'),
    stripe_customer_id text,
    zone               text    NOT NULL,
    locale             text    NOT NULL,
    CHECK (country IS NOT NULL OR (line1, line2, city, region, postal_code) IS NULL)
);

-- The two tables that make one customer out of concurrent calls. A row here is taken before it is known whether its
-- customer is new, so that neither refers to the customer by a foreign key; all three are written in one transaction.
CREATE TABLE account_link (
    service_id  uuid NOT NULL REFERENCES service,
    external_id text COLLATE "C" NOT NULL,
    customer_id uuid NOT NULL,
    PRIMARY KEY (service_id, external_id)
);

CREATE TABLE customer_email (
    email       text COLLATE "C" PRIMARY KEY,
    customer_id uuid NOT NULL
);
CREATE INDEX customer_email_customer ON customer_email (customer_id);
