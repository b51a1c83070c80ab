package com.nexasystems.billing.http;

import com.nexasystems.billing.webhook.Endpoint.Format;
import com.nexasystems.billing.webhook.Signature;
import com.nexasystems.billing.webhook.WebhookTransport.Message;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HeaderElements;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;

/** A message as it goes over the wire: the bytes that are signed are those that are sent. */
final class SignedRequest {

    private static final String AGENT = "nexa-billing-webhooks/1";
    private static final ContentType JSON = ContentType.create("application/json");
    private static final String LAGO_ALGORITHM = "HmacSHA256";
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final Message message;
    private final URI url;
    private final byte[] body;

    /** @param message to a URL that {@link com.nexasystems.billing.webhook.EndpointUrl} has nothing against */
    SignedRequest(Message message) {
        this.message = message;
        this.url = message.endpoint().url();
        this.body = message.body().getBytes(StandardCharsets.UTF_8);
    }

    /** The host, by its name, at one of its addresses. */
    HttpHost at(InetAddress address) {
        boolean https = URIScheme.HTTPS.same(url.getScheme());
        int port = url.getPort() > 0 ? url.getPort() : https ? HTTPS_PORT : HTTP_PORT;
        String host = url.getHost();
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new HttpHost((https ? URIScheme.HTTPS : URIScheme.HTTP).id, address, name, port);
    }

    /** Anew for each attempt to send it. */
    AsyncRequestProducer producer(HttpHost host) {
        String timestamp = String.valueOf(message.timestamp());
        String signatures = message.secrets().stream()
                .map(secret -> Signature.of(secret.key(), message.id(), timestamp, body)).collect(Collectors.joining(" "));
        AsyncRequestBuilder request = AsyncRequestBuilder.post().setHttpHost(host).setPath(path())
                .addHeader(HttpHeaders.CONNECTION, HeaderElements.CLOSE).addHeader(HttpHeaders.USER_AGENT, AGENT)
                .addHeader("webhook-id", message.id()).addHeader("webhook-timestamp", timestamp)
                .addHeader("webhook-signature", signatures).setEntity(body, JSON);
        if (message.endpoint().format() == Format.LAGO) {
            request.addHeader("X-Lago-Signature", lagoSignature()).addHeader("X-Lago-Signature-Algorithm", "hmac")
                    .addHeader("X-Lago-Unique-Key", message.id());
        }
        return request.build();
    }

    private String path() {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return Optional.ofNullable(url.getRawQuery()).map(query -> path + "?" + query).orElse(path);
    }

    /** There is room for one: with the secret that stays, written as its text, as Lago's key is. */
    private String lagoSignature() {
        byte[] key = message.secrets().get(0).text().getBytes(StandardCharsets.UTF_8);
        try {
            Mac mac = Mac.getInstance(LAGO_ALGORITHM);
            mac.init(new SecretKeySpec(key, LAGO_ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + LAGO_ALGORITHM, e);
        }
    }
}
