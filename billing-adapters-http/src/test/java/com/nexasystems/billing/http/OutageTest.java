package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.identity.ApiKeys;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database that is not there when the caller's key is looked up. */
class OutageTest {

    private final BillingApi api = BillingApi.start(Billing.over(withoutKeys()).build(), Clock.systemUTC(),
            ApiSettings.DEFAULT.withMetricsForOperators(true), () -> Map.of("database", false));

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void is_told_as_what_it_is() {
        ApiClient client = new ApiClient("http://127.0.0.1:" + api.port(), Map.of("Authorization", "Bearer bk_any"));
        for (String path : new String[] {"/plans", "//metrics"}) {
            Reply reply = client.get(path).is(503);
            assertThat(reply.at("/code").asText()).isEqualTo("unavailable");
            assertThat(reply.headers().firstValue("Retry-After")).isPresent();
        }
        client.get("//health/ready").is(503);
        client.get("//health/live").ok();
    }

    private static Ports withoutKeys() {
        ApiKeys broken = (ApiKeys) Proxy.newProxyInstance(ApiKeys.class.getClassLoader(), new Class<?>[] {ApiKeys.class},
                (proxy, method, arguments) -> {
                    throw new PortFailure(PortFailure.Effect.NONE, "the database is away", null);
                });
        return TestPorts.with(Ports.inMemory(), Map.of(ApiKeys.class, broken));
    }
}
