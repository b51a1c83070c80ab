package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.cutover.CutOverTerms;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.memory.MemorySourceApplication;
import com.nexasystems.billing.shadow.ImportOptions;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceItem;
import com.nexasystems.billing.shadow.SourcePlan;
import com.nexasystems.billing.shadow.SourceRow;
import com.nexasystems.billing.shadow.SourceSubscription;
import com.nexasystems.billing.shadow.SourceUsage;
import com.nexasystems.billing.shadow.SourceUser;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the shadow import made, seen by the service whose rows it read. */
class ImportedTest {

    private static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");

    @RegisterExtension
    final ApiServer server = new ApiServer();

    private ApiClient hosting;
    private Service service;

    @BeforeEach
    void imported() {
        hosting = server.client("hosting");
        service = server.billing().ports().services().findByCode("hosting").orElseThrow();
        server.billing().importShadow().run(service, source(), ImportOptions.DEFAULT, done -> { }, problem -> { });
    }

    private static MemorySourceApplication source() {
        var source = new MemorySourceApplication();
        source.plans().add(SourceRow.of("p", new SourcePlan("p", "Starter", Optional.of(new BigDecimal("20.00")), Optional.empty(),
                Optional.of(BigDecimal.valueOf(18_000)), true)));
        Optional<String> none = Optional.empty();
        source.users().add(SourceRow.of("ada", new SourceUser("ada", Optional.of("ada@example.org"), none, Optional.of("Ada Ltd."),
                none, none, none, Optional.of("ON"), none, Optional.of("Canada"), none, Optional.of("cus_1"))));
        source.subscriptions().add(SourceRow.of("web", new SourceSubscription("web", "ada", none, none, "p", "active", "monthly",
                Optional.of(MARCH), Optional.empty(), Optional.of(FEBRUARY), Optional.of(MARCH), Optional.of(FEBRUARY))));
        source.usage().add(SourceRow.of("u", new SourceUsage("u", "web", FEBRUARY, FEBRUARY.plusSeconds(3600), BigDecimal.TEN)));
        source.invoices().add(SourceRow.of("i", new SourceInvoice("i", "ada", Optional.of("web"), none, none, "CAD", "paid",
                new BigDecimal("20.04"), BigDecimal.ZERO, Optional.empty(), List.of(item("1", "Starter", "20.00"),
                        item("2", "CPU overage", "0.04")))));
        return source;
    }

    private static SourceItem item(String id, String words, String amount) {
        return new SourceItem(id, words, Optional.empty(), Optional.empty(), new BigDecimal(amount), Optional.of(FEBRUARY),
                Optional.of(MARCH));
    }

    @Test
    void is_named_at_the_cut_over_and_lives_on() {
        assertThat(hosting.get("/subscriptions?status[]=shadow").ok().at("/subscriptions/0/external_id").asText())
                .isEqualTo("web");
        hosting.get("/customers/ada").isNotFound("customer_not_found");
        assertThat(server.billing().cutOver().flip(CutOverTerms.of(service.id()), Actor.person("Eve"), done -> { }).flip())
                .isPresent();
        assertThat(hosting.get("/customers/ada").ok().at("/customer/name").asText()).isEqualTo("Ada Ltd.");
        assertThat(hosting.get("/customers").ok().at("/customers")).hasSize(1);
        assertThat(hosting.get("/plans/p-monthly").ok().at("/plan/amount_cents").asInt()).isEqualTo(2000);
        assertThat(hosting.get("/billable_metrics/cpu_seconds").ok().at("/billable_metric/aggregation_type").asText())
                .isEqualTo("sum_agg");
        assertThat(hosting.get("/subscriptions/web").ok().at("/subscription/plan_code").asText()).isEqualTo("p-monthly");
        hosting.post("/usage", "[{'subscription':'web','metric':'cpu_seconds','start':'2026-03-02T00:00:00Z',"
                + "'end':'2026-03-02T01:00:00Z','quantity':54000,'idempotency_key':'live'}]").is(202);
        assertThat(hosting.get("/customers/ada/current_usage?external_subscription_id=web").ok()
                .at("/customer_usage/charges_usage/0/units").asText()).isEqualTo("54000.0");
        server.clock().at("2026-04-02T00:00:00Z");
        server.billing().billingRun().run(server.clock().instant(), 1, drafted -> { });
        assertThat(hosting.get("/invoices").ok().at("/invoices/0/fees_amount_cents").asInt()).isEqualTo(2008);
    }
}
