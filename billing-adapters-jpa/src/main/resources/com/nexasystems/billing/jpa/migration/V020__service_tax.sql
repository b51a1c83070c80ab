-- The services' own taxes, and what they are on. The subject is an id or a code of another table, whichever kind it is.

CREATE TABLE service_tax (
    service_id     uuid    NOT NULL REFERENCES service,
    code           text    COLLATE "C" NOT NULL,
    name           text    NOT NULL,
    percent        numeric NOT NULL CHECK (percent >= 0),
    applied_to_all boolean NOT NULL,
    PRIMARY KEY (service_id, code)
);

CREATE TABLE tax_target (
    service_id uuid    NOT NULL,
    kind       text    COLLATE "C" NOT NULL,
    subject    text    COLLATE "C" NOT NULL,
    part       text    COLLATE "C" NOT NULL,
    tax_code   text    COLLATE "C" NOT NULL,
    position   integer NOT NULL,
    PRIMARY KEY (service_id, kind, subject, part, tax_code),
    FOREIGN KEY (service_id, tax_code) REFERENCES service_tax ON DELETE CASCADE
);
CREATE INDEX tax_target_tax ON tax_target (service_id, tax_code);
