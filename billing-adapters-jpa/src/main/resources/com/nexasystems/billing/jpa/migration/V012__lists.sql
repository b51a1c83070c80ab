-- What single customers have otherwise than the house.
CREATE TABLE billing_terms (
    service_id       uuid NOT NULL,
    customer_id      uuid NOT NULL,
    grace_days       int  CHECK (grace_days >= 0),
    net_payment_days int  CHECK (net_payment_days >= 0),
    PRIMARY KEY (service_id, customer_id)
);
CREATE INDEX billing_terms_grace ON billing_terms (grace_days) WHERE grace_days IS NOT NULL;

-- Lists, the newest first: of a service, and of one of its customers.
CREATE INDEX invoice_newest ON invoice (service_id, due DESC, id DESC);
CREATE INDEX invoice_of_customer ON invoice (customer_id, service_id, due DESC, id DESC);
CREATE INDEX subscription_newest ON subscription (service_id, id DESC);
CREATE INDEX subscription_of_customer ON subscription (customer_id, service_id, id DESC);
CREATE INDEX subscription_of_name ON subscription (service_id, external_id);
