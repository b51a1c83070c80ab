package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bodies that are as large as they may be, or of as many values as fit into them. */
class LargeBodiesTest {

    @RegisterExtension
    private final ApiServer server = new ApiServer();

    @Test
    void a_large_body_waits_until_others_are_done_with() throws Exception {
        var bodies = new LargeBodies(1 << 20);
        LargeBodies.Share one = bodies.share();
        one.admit(900_000);
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> bodies.share().admit(5 << 20));
        Thread.sleep(50);
        assertThat(other).isNotDone();
        one.close();
        assertThat(other).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void a_body_of_too_many_values_is_refused_before_they_fill_the_memory() {
        String many = "{'plan':{'list':[" + "1,".repeat(300_000) + "1]}}";
        assertThat(server.client("chat").post("/plans", many).is(400).text()).contains("more than 200000 values");
        String usage = "[{'subscription':'a','metric':'b','properties':{'x':[" + "1,".repeat(300_000) + "1]}}]";
        assertThat(server.client("chat").post("/usage", usage).is(400).text()).contains("more than 200000 values");
    }
}
