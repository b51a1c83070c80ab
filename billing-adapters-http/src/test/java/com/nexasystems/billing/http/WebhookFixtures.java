package com.nexasystems.billing.http;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.Endpoint.Format;
import com.nexasystems.billing.webhook.EndpointId;
import com.nexasystems.billing.webhook.Secret;
import com.nexasystems.billing.webhook.WebhookTransport.Message;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** What webhooks are sent with in tests. */
final class WebhookFixtures {

    static final String BODY = "{\"type\":\"invoice.finalized\",\"name\":\"Zo\u00eb \u516c\u53f8 \ud83d\ude80 \u2028\"}";
    static final Secret SECRET = secret("one");

    /** This machine may be called; nothing takes so long that a test would not rather fail. */
    static final WebhookSettings PATIENT = WebhookSettings.DEFAULT.allowingLoopback(true)
            .within(Duration.ofSeconds(30), Duration.ofSeconds(60));

    private WebhookFixtures() {
    }

    static Secret secret(String text) {
        byte[] key = (text + "*".repeat(32)).substring(0, 32).getBytes(StandardCharsets.US_ASCII);
        return new Secret("whsec_" + Base64.getEncoder().encodeToString(key), Optional.empty());
    }

    static Endpoint endpoint(URI url, Format format) {
        return endpoint(new ServiceId(new UUID(0, 1)), "hook " + url, url, format);
    }

    static Endpoint endpoint(ServiceId service, String name, URI url, Format format) {
        UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new Endpoint(new EndpointId(id), service, name, url, format, Set.of(),
                List.of(SECRET), Optional.empty(), Instant.EPOCH);
    }

    static Message message(URI url) {
        return message(url, Format.STANDARD, List.of(SECRET), Instant.now());
    }

    static Message message(URI url, Format format, List<Secret> secrets, Instant at) {
        return new Message(endpoint(url, format), "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W", at.getEpochSecond(), BODY, secrets);
    }

    /** A name system in which every name leads to these. */
    static Lookups.Names leadingTo(String... addresses) {
        return host -> Stream.of(addresses).map(WebhookFixtures::address).toList();
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
