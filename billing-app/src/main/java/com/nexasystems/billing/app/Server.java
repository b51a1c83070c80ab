package com.nexasystems.billing.app;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.http.ApiSettings;
import com.nexasystems.billing.http.BillingApi;
import com.nexasystems.billing.http.Connections;
import com.nexasystems.billing.http.HttpWebhooks;
import com.nexasystems.billing.http.ImportSources;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API and the jobs, from their start to their end. */
@Singleton
final class Server implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("billing.server");

    private final ServerOperations operations;
    private final ServerMetrics metrics;
    private final Jobs jobs;
    private final BillingApi api;
    private final HttpWebhooks webhooks;
    private final ConfiguredLedger ledger;
    private final Duration notice;

    /** Answers from now on. */
    @Inject
    Server(Billing billing, Clock clock, ApiSettings address, ServerOperations operations, ServerMetrics metrics, Jobs jobs,
           DataSource dataSource, Settings settings, ImportSources sources, Connections connections, HttpWebhooks webhooks,
           ConfiguredLedger ledger) {
        this.operations = operations;
        this.metrics = metrics;
        this.jobs = jobs;
        this.webhooks = webhooks;
        this.ledger = ledger;
        this.notice = Duration.ofSeconds(settings.integer(Setting.BILLING_STOP_NOTICE_SECONDS));
        metrics.watch(dataSource);
        this.api = listen(billing, clock, address, operations, sources, connections);
        jobs.start();
        LOG.info("listening on {}:{}", address.host(), port());
    }

    int port() {
        return api.port();
    }

    /** Takes nothing new, finishes what was begun, and ends. */
    @Override
    public void close() {
        LOG.info("stopping: finishing what was begun");
        operations.stop();
        pause(notice);
        api.close();
        jobs.close();
        webhooks.close();
        ledger.close();
        metrics.close();
        LOG.info("stopped");
    }

    /** Whatever keeps it from listening has the operator's answer in its message. */
    private static BillingApi listen(Billing billing, Clock clock, ApiSettings address, ServerOperations operations,
                                     ImportSources sources, Connections connections) {
        try {
            return BillingApi.start(billing, clock, address, operations, sources, connections);
        } catch (RuntimeException e) {
            throw new EnvironmentFailure("cannot listen on " + address.host() + ":" + address.port() + ": " + e.getMessage()
                    + "; stop what listens there, or choose another --port or BILLING_HTTP_PORT (0 = any free one)", e);
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
