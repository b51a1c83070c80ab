package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.jpa.JpaPorts;
import com.nexasystems.billing.payment.DunningPlan;
import com.nexasystems.billing.shadow.SourceApplication;
import com.nexasystems.billing.testkit.TestClock;
import com.nexasystems.billing.webhook.DeliverySchedule;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The API over real HTTP, anew for each test, over PostgreSQL or over memory; its clock stands until a test moves it.
 */
final class ApiServer implements BeforeEachCallback, AfterEachCallback {

    static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ApiSettings settings;
    private final boolean inMemory;
    private final Map<String, ApiClient> clients = new HashMap<>();
    private TestClock clock;
    private Billing billing;
    private Optional<JpaPorts> database;
    private BillingApi api;
    private volatile ImportSources sources;
    private StubProvider provider;
    private StubTransport transport;
    private TestInvoices invoices;

    ApiServer() {
        this(ApiSettings.DEFAULT.draining(Duration.ZERO));
    }

    ApiServer(ApiSettings settings) {
        this(settings, false);
    }

    private ApiServer(ApiSettings settings, boolean inMemory) {
        this.settings = settings;
        this.inMemory = inMemory;
    }

    /** For what is the same over every database. */
    static ApiServer inMemory() {
        return new ApiServer(ApiSettings.DEFAULT.draining(Duration.ZERO), true);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        clock = TestClock.startingAt("2026-03-15T12:00:00Z");
        database = inMemory ? Optional.empty() : Optional.of(ApiDatabase.fresh());
        billing = Billing.over(database.map(JpaPorts::ports).orElseGet(Ports::inMemory)).clock(clock).build();
        importing(TestApplication.rows());
        provider = new StubProvider();
        transport = new StubTransport();
        invoices = new TestInvoices(clock);
        api = BillingApi.start(billing, clock, settings, () -> Map.of(), service -> sources.of(service),
                new Connections(Optional.of(provider.linked()), transport, invoices.setup()));
        clients.clear();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        api.close();
        database.ifPresent(JpaPorts::close);
    }

    /** What operators import from now on. */
    void importing(SourceApplication source) {
        from(service -> Optional.of(() -> source));
    }

    void from(ImportSources chosen) {
        sources = chosen;
    }

    StubProvider provider() {
        return provider;
    }

    /** Of which the ledger takes notice. */
    TestInvoices invoices() {
        return invoices;
    }

    StubTransport transport() {
        return transport;
    }

    /** As the job does. */
    void deliver() {
        billing.deliver(transport, DeliverySchedule.DEFAULT).run();
    }

    /** As the job does. */
    void collect() {
        var provided = billing.with(provider, DunningPlan.DEFAULT);
        provided.collect().run(1, payment -> { });
        provided.refunds().run();
    }

    void stop() {
        api.close();
    }

    TestClock clock() {
        return clock;
    }

    Billing billing() {
        return billing;
    }

    /** Of a service with this code; registered when it is first asked for. */
    ApiClient client(String service) {
        return clients.computeIfAbsent(service, code -> {
            Service registered = billing.register(code, code);
            return withKey(billing.apiKeys().issue(registered.id()));
        });
    }

    ApiClient operator() {
        return withKey(billing.apiKeys().issueForOperator("test").secret());
    }

    ApiClient withKey(String key) {
        return new ApiClient(origin(), Map.of("Authorization", "Bearer " + key));
    }

    ApiClient anonymous() {
        return new ApiClient(origin(), Map.of());
    }

    private String origin() {
        return "http://127.0.0.1:" + api.port();
    }
}
