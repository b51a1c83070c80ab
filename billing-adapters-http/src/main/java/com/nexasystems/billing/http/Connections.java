package com.nexasystems.billing.http;

import com.nexasystems.billing.webhook.WebhookTransport;
import java.util.Optional;

/**
 * Whom the server speaks to beside those who ask it.
 *
 * @param provider empty if nothing is collected
 */
public record Connections(Optional<PaymentProvider> provider, WebhookTransport webhooks) {

    /** To nobody: nothing is collected, and no endpoint can be registered. */
    public static final Connections NONE = new Connections(Optional.empty(), new NoWebhooks());
}
