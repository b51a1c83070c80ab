package com.nexasystems.billing.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.http.ApiSettings;
import com.nexasystems.billing.http.Connections;
import com.nexasystems.billing.http.HttpWebhooks;
import com.nexasystems.billing.http.ImportSources;
import com.nexasystems.billing.http.PaymentProvider;
import com.nexasystems.billing.invoicing.BillingPolicy;
import com.nexasystems.billing.jpa.JpaPorts.State;
import com.nexasystems.billing.ledger.LedgerSetup;
import com.nexasystems.billing.payment.DunningPlan;
import com.nexasystems.billing.payment.PaymentGateway;
import com.nexasystems.billing.webhook.DeliverySchedule;
import com.nexasystems.billing.webhook.WebhookTransport;
import jakarta.inject.Singleton;
import java.lang.reflect.RecordComponent;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * How the server is put together. The API works with the engine as it wires itself; the use cases of the jobs are wired
 * here, from their own constructors, over the same ports with a unit of work that can be stopped.
 */
final class ServerModule extends AbstractModule {

    private final Engine engine;
    private final Clock clock;
    private final ApiSettings api;
    private final Optional<PaymentProvider> provider;
    private final ConfiguredLedger ledger;

    ServerModule(Engine engine, Clock clock, ApiSettings api) {
        this.engine = engine;
        this.clock = clock;
        this.api = api;
        this.provider = Connected.provider(engine.settings(), clock);
        this.ledger = ConfiguredLedger.of(engine.settings(), engine.ports(), clock);
    }

    @Override
    protected void configure() {
        binder().requireAtInjectOnConstructors();
        bind(Clock.class).toInstance(clock);
        bind(ApiSettings.class).toInstance(api);
        bind(Settings.class).toInstance(engine.settings());
        ConfiguredSource application = ConfiguredSource.of(engine.settings());
        bind(ConfiguredSource.class).toInstance(application);
        bind(ImportSources.class).toInstance(application);
        bind(ConfiguredLedger.class).toInstance(ledger);
        bind(LedgerSetup.class).toInstance(ledger.setup());
        bind(BillingPolicy.class).toInstance(engine.settings().policy());
        bind(Billing.class).toInstance(engine.billing());
        bind(DataSource.class).toInstance(engine.dataSource());
        bind(UnitOfWork.class).to(StoppableUnitOfWork.class);
        bind(WebhookTransport.class).to(HttpWebhooks.class);
        bind(DeliverySchedule.class).toInstance(Connected.schedule(engine.settings()));
        Multibinder<JobSource> jobs = Multibinder.newSetBinder(binder(), JobSource.class);
        jobs.addBinding().to(BillingJobs.class);
        jobs.addBinding().to(WebhookJobs.class);
        jobs.addBinding().to(LedgerJobs.class);
        provider.ifPresent(linked -> {
            bind(PaymentGateway.class).toInstance(linked.gateway());
            bind(DunningPlan.class).toInstance(linked.plan());
            jobs.addBinding().to(PaymentJobs.class);
        });
        for (RecordComponent port : Ports.class.getRecordComponents()) {
            if (port.getType() != UnitOfWork.class) {
                bindPort(port.getType(), port);
            }
        }
    }

    @Provides
    @Singleton
    StoppableUnitOfWork unitOfWork() {
        return new StoppableUnitOfWork(engine.ports().unitOfWork());
    }

    @Provides
    @Singleton
    HttpWebhooks webhooks() {
        return Connected.webhooks(engine.settings(), engine.billing());
    }

    @Provides
    Connections connections(HttpWebhooks webhooks, LedgerSetup ledger) {
        return new Connections(provider, webhooks, ledger);
    }

    @Provides
    Supplier<State> state() {
        return engine::state;
    }

    private <T> void bindPort(Class<T> type, RecordComponent port) {
        try {
            bind(type).toInstance(type.cast(port.getAccessor().invoke(engine.ports())));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a port that cannot be read", e);
        }
    }
}
