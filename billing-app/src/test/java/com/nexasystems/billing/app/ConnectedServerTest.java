package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A server whose jobs collect from a fake of Stripe and tell a receiver on loopback. */
class ConnectedServerTest {

    private static final String SECRET = "whsec_c2VjcmV0IG9mIHRoZSBmYWtlIG9mIFN0cmlwZQ";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    @Test
    void what_is_issued_is_collected_and_told_and_a_receiver_that_never_answers_does_not_keep_it_from_stopping() throws Exception {
        var never = new CountDownLatch(1);
        HttpServer receiver = receiver(never);
        try (var company = new PaidCompany()) {
            TestServer server = TestServer.on("connected_server", settings(company));
            Service service = server.billing().register("shop", "Shop");
            String key = "Bearer " + server.billing().apiKeys().issue(service.id());
            String hooks = "{'webhook_endpoint':{'webhook_url':'http://127.0.0.1:" + receiver.getAddress().getPort() + "/%s'}}";
            assertThat(server.post("/api/v1/webhook_endpoints", hooks.formatted("fine"), "Authorization", key).statusCode())
                    .isEqualTo(200);
            Customer ada = company.customer(server.billing(), service, "ada", "pm_card_visa");
            Invoice invoice = company.sell(server.billing(), service, ada, "10.00", "a");
            awaits(() -> server.billing().ports().invoices().find(invoice.id()).orElseThrow().status() == InvoiceStatus.PAID);
            awaits(() -> told.stream().anyMatch(body -> body.contains("invoice.payment_succeeded")));
            assertThat(company.stripe().succeeded(invoice.id().toString())).hasSize(1);

            String body = company.stripe().event("payment_intent.succeeded", company.stripe().intents().get(0).id());
            assertThat(server.post("/api/v1/stripe/webhooks", body).statusCode()).isEqualTo(400);
            assertThat(server.post("/api/v1/stripe/webhooks", body, "Stripe-Signature", company.stripe().signature(SECRET, body))
                    .statusCode()).isEqualTo(200);
            awaits(() -> server.get("/metrics").body().contains("billing_collections_total{outcome=\"succeeded\"} 1.0"));
            assertThat(String.join("\n", server.logged())).doesNotContain(PaidCompany.KEY, SECRET, "whsec_");

            server.post("/api/v1/webhook_endpoints", hooks.formatted("never"), "Authorization", key);
            company.sell(server.billing(), service, ada, "20.00", "b");
            awaits(() -> told.contains("never"));
            long began = System.nanoTime();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE);
        } finally {
            never.countDown();
            receiver.stop(0);
        }
    }

    private static Map<String, String> settings(PaidCompany company) {
        Map<String, String> settings = new HashMap<>(company.settings());
        settings.putAll(Map.of("BILLING_JOB_COLLECT_SECONDS", "1", "BILLING_JOB_DELIVER_SECONDS", "1",
                "BILLING_WEBHOOK_ALLOW_LOOPBACK", "on", "BILLING_STRIPE_WEBHOOK_SECRETS", SECRET, "BILLING_STOP_SECONDS", "300"));
        return settings;
    }

    private HttpServer receiver(CountDownLatch never) throws Exception {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        receiver.createContext("/fine", exchange -> {
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.createContext("/never", exchange -> {
            told.add("never");
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        receiver.start();
        return receiver;
    }

    private static void awaits(BooleanSupplier holds) throws InterruptedException {
        long began = System.nanoTime();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime() - began).as("nanoseconds waited").isLessThan(PATIENCE.toNanos());
            Thread.sleep(20);
        }
    }
}
