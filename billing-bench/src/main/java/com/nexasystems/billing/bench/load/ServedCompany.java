package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.http.ApiSettings;
import com.nexasystems.billing.http.BillingApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A company whose metrics its service knows under their own codes, behind the API. */
final class ServedCompany implements AutoCloseable {

    private static final int NO_LIMIT = 10_000_000;

    private final Company company;
    private final String key;
    private final BillingApi api;

    private ServedCompany(Company company, String key, BillingApi api) {
        this.company = company;
        this.key = key;
        this.api = api;
    }

    static ServedCompany start(Company company, Ports ports) {
        ports.unitOfWork().run(() -> ports.metrics().all().forEach(metric -> ports.directory().add(
                Entry.of(ports.ids().next(), company.service().id(), Kind.METRIC, metric.code().value(), metric.code().value(),
                        Company.NOW, Map.of()))));
        String key = company.billing().apiKeys().issue(company.service().id());
        return new ServedCompany(company, key, BillingApi.start(company.billing(), company.billing().clock(),
                ApiSettings.DEFAULT.limitedTo(NO_LIMIT), () -> Map.of()));
    }

    Company company() {
        return company;
    }

    KeptConnection connect() throws IOException {
        return new KeptConnection(api.port());
    }

    /** A whole request, ready to be sent. */
    byte[] post(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String head = "POST /api/v1" + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[start.length + body.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        return request;
    }

    @Override
    public void close() {
        api.close();
    }
}
