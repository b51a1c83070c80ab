-- Events on their way to the services. Endpoints are few; deliveries are of their endpoint, which is their distribution key.

CREATE TABLE webhook_endpoint (
    id              uuid          PRIMARY KEY,
    service_id      uuid          NOT NULL REFERENCES service,
    name            text          NOT NULL,
    url             text          NOT NULL,
    format          text          NOT NULL CHECK (format IN ('standard', 'lago')),
    event_types     text[]        NOT NULL,
    secrets         text[]        NOT NULL CHECK (cardinality(secrets) BETWEEN 1 AND 2),
    secrets_until   timestamptz[] NOT NULL CHECK (cardinality(secrets_until) = cardinality(secrets)),
    disabled_reason text          CHECK (disabled_reason IN ('gone', 'by_service')),
    disabled_at     timestamptz,
    created_at      timestamptz   NOT NULL,
    CHECK ((disabled_reason IS NULL) = (disabled_at IS NULL))
);
CREATE INDEX webhook_endpoint_newest ON webhook_endpoint (service_id, created_at DESC, id DESC);

-- Those that were registered before anything was delivered. Their secrets are made of random ids, which come from the
-- server's secure generator: 244 bits of 256. Types that the engine has no event of are left out; whoever named only such
-- types is told of nothing, not of everything.
INSERT INTO webhook_endpoint (id, service_id, name, url, format, event_types, secrets, secrets_until, disabled_reason,
    disabled_at, created_at)
SELECT id, service_id, left(coalesce(of_name, ''), 255), url, 'lago', known_types,
    ARRAY['whsec_' || encode(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), 'base64')], '{NULL}',
    CASE WHEN tells_nothing THEN 'by_service' END, CASE WHEN tells_nothing THEN now() END, created_at
FROM (
    SELECT id, service_id, created_at, attribute_values[array_position(attribute_names, 'webhook_url')] AS url,
        attribute_values[array_position(attribute_names, 'name')] AS of_name, known_types,
        cardinality(known_types) = 0 AND cardinality(named_types) > 0 AND NOT '*' = ANY (named_types) AS tells_nothing
    FROM directory_entry
    CROSS JOIN LATERAL (
        SELECT array_remove(string_to_array(coalesce(
            attribute_values[array_position(attribute_names, 'event_types')], ''), ','), '') AS named_types) AS named
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(DISTINCT type), '{}') AS known_types FROM unnest(named_types) AS type
        WHERE type IN ('invoice.created', 'invoice.finalized', 'invoice.payment_succeeded', 'invoice.payment_failed',
            'subscription.started', 'subscription.reactivated', 'subscription.terminated', 'usage.threshold_reached',
            'reconciliation.delta') AND NOT '*' = ANY (named_types)) AS known
    WHERE kind = 'webhook_endpoint' AND removed_at IS NULL) AS registered
WHERE url IS NOT NULL;

DELETE FROM directory_entry WHERE kind = 'webhook_endpoint';

-- Events that no delivery was made of yet. Emptied as fast as it fills: what it has is in the order of what happened.
CREATE TABLE webhook_outbox (
    subscription_id uuid        NOT NULL,
    sequence        bigint      NOT NULL,
    at              timestamptz NOT NULL,
    PRIMARY KEY (subscription_id, sequence)
);
CREATE INDEX webhook_outbox_oldest ON webhook_outbox (at, subscription_id, sequence);

-- Bodies stand aside, so that an attempt does not write them again.
CREATE TABLE webhook_delivery (
    endpoint_id uuid        NOT NULL,
    event_id    uuid        NOT NULL,
    id          uuid        NOT NULL,
    service_id  uuid        NOT NULL,
    type        text        NOT NULL,
    body        text        NOT NULL,
    state       text        NOT NULL CHECK (state IN ('pending', 'delivered', 'dead')),
    tries       int         NOT NULL CHECK (tries >= 0),
    next_at     timestamptz,
    created_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    PRIMARY KEY (endpoint_id, event_id),
    CHECK ((state = 'pending') = (next_at IS NOT NULL)),
    CHECK ((state = 'pending') = (ended_at IS NULL))
) WITH (toast_tuple_target = 128);
CREATE INDEX webhook_delivery_id ON webhook_delivery (id);
CREATE INDEX webhook_delivery_due ON webhook_delivery (endpoint_id, next_at, id) WHERE state = 'pending';
CREATE INDEX webhook_delivery_newest ON webhook_delivery (service_id, created_at DESC, id DESC);
CREATE INDEX webhook_delivery_dead ON webhook_delivery (service_id, created_at DESC, id DESC) WHERE state = 'dead';
CREATE INDEX webhook_delivery_ended ON webhook_delivery (ended_at) WHERE state <> 'pending';

CREATE TABLE webhook_attempt (
    delivery_id uuid        NOT NULL,
    place       bigint      GENERATED ALWAYS AS IDENTITY,
    at          timestamptz NOT NULL,
    took_millis bigint      NOT NULL CHECK (took_millis >= 0),
    status      int         CHECK (status BETWEEN 100 AND 599),
    detail      text        NOT NULL,
    PRIMARY KEY (delivery_id, place)
);
