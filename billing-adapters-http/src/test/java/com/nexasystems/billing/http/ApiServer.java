package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
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

/** The API over real HTTP over PostgreSQL, anew for each test; its clock stands until a test moves it. */
final class ApiServer implements BeforeEachCallback, AfterEachCallback {

    static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ApiSettings settings;
    private final Map<String, ApiClient> clients = new HashMap<>();
    private TestClock clock;
    private Billing billing;
    private JpaPorts ports;
    private BillingApi api;
    private volatile ImportSources sources;
    private StubProvider provider;
    private StubTransport transport;

    ApiServer() {
        this(ApiSettings.DEFAULT.draining(Duration.ZERO));
    }

    ApiServer(ApiSettings settings) {
        this.settings = settings;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        clock = TestClock.startingAt("2026-03-15T12:00:00Z");
        ports = ApiDatabase.fresh();
        billing = Billing.over(ports.ports()).clock(clock).build();
        importing(TestApplication.rows());
        provider = new StubProvider();
        transport = new StubTransport();
        api = BillingApi.start(billing, clock, settings, () -> Map.of(), service -> sources.of(service),
                new Connections(Optional.of(provider.linked()), transport));
        clients.clear();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        api.close();
        ports.close();
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
