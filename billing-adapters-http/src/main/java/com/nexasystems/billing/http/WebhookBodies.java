package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.Endpoint.Format;
import java.time.Instant;
import java.util.Optional;

/** What receivers are sent. The fields of a body stand in one order, always. */
final class WebhookBodies {

    private static final String PING = "ping";

    private final LagoWebhooks lago;

    WebhookBodies(Billing billing) {
        this.lago = new LagoWebhooks(billing);
    }

    Optional<String> of(Endpoint endpoint, Sequenced event) {
        Optional<Json> json = endpoint.format() == Format.LAGO ? lago.of(event) : Optional.of(standard(event));
        return json.map(Json::text);
    }

    private static Json standard(Sequenced sequenced) {
        BillingEvent event = sequenced.event();
        return Json.object("type", event.type().code(), "timestamp", event.at().toString(), "sequence", sequenced.sequence(),
                "data", event.data());
    }

    String ping(Endpoint endpoint, Instant now) {
        return Json.text(endpoint.format() == Format.LAGO
                ? LagoWebhooks.envelope(PING, PING, endpoint.service(), Json.object("created_at", Times.of(now)))
                : Json.object("type", PING, "timestamp", now.toString(), "data", Json.object()));
    }
}
