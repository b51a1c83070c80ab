package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.ledger.Draft;
import com.nexasystems.billing.ledger.Journal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server whose job takes invoices from fakes of Stripe and Lago. */
class LedgerJobsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Test
    void a_job_that_was_switched_on_drafts_what_is_new_and_posts_nothing() throws Exception {
        try (var company = new BilledCompany().withInvoices()) {
            Map<String, String> settings = new HashMap<>(company.settings());
            settings.put("BILLING_PAYMENT_RETURN_URL", "https://shop.example/thanks");
            settings.put("BILLING_JOB_LEDGER_SECONDS", "3600");
            settings.put("BILLING_LEDGER_DAYS", "36600");
            try (TestServer server = TestServer.on("ledger_jobs", settings)) {
                Journal journal = server.billing().ports().journal();
                long began = System.nanoTime();
                while (server.logged().stream().noneMatch(line -> line.contains("in_held"))) {
                    assertThat(System.nanoTime() - began).as("nanoseconds waited").isLessThan(PATIENCE.toNanos());
                    Thread.sleep(50);
                }
                List<Draft> drafts = journal.drafts(Optional.empty(), 10);
                assertThat(drafts).hasSize(5);
                assertThat(journal.chain(0, 1)).isEmpty();
                assertThat(server.get("/metrics").body()).contains("billing_job_left{job=\"ledger\"} 1.0",
                        "billing_ledger_invoices_total{outcome=\"booked\"} 4.0");
                assertThat(String.join("\n", server.logged())).doesNotContain(BilledCompany.KEY, "lago-key");
            }
        }
    }

    @Test
    void it_is_off_unless_it_was_switched_on() {
        assertThat(Setting.BILLING_JOB_LEDGER_SECONDS.preset).isEqualTo("0");
    }
}
