package com.nexasystems.billing.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.payment.InvoiceCollection;
import com.nexasystems.billing.testkit.Samples;
import com.nexasystems.billing.webhook.Deliveries.Outcome;
import com.nexasystems.billing.webhook.Delivery;
import com.nexasystems.billing.webhook.DeliveryAttempt;
import com.nexasystems.billing.webhook.DeliveryId;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.EndpointId;
import com.nexasystems.billing.webhook.Secret;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What waits in the database is taken from it page by page, and not one by one. */
@ExtendWith(TestDatabase.class)
class QueueStatementsTest {

    private static final int MANY = 1_000;
    private static final Duration GRACE_IS_OVER = Duration.ofDays(40);
    private static final Instant NOW = Company.FEBRUARY.plus(GRACE_IS_OVER);
    private static final Instant LOST = NOW.plusSeconds(300);

    private final CountedStatements statements = new CountedStatements();
    private final JpaPorts jpa = TestDatabase.closedLater(JpaPorts.open(TestDatabase.freshSchema(), statements));
    private final Ports ports = jpa.ports();
    private final Company company = Company.with(ports, MANY);

    @Test
    void the_statements_of_deliveries_follow_the_pages() {
        Endpoint endpoint = new Endpoint(new EndpointId(Samples.id("endpoint")), company.service().id(), "",
                URI.create("https://receiver.example"), Endpoint.Format.STANDARD, Set.of(),
                List.of(Secret.random(ports.entropy())), Optional.empty(), Company.NEW_YEAR);
        kept(() -> ports.endpoints().add(endpoint, 1));
        company.billing().billingRun().run(Company.FEBRUARY, 1, drafted -> { });

        long before = statements.count();
        List<Sequenced> events = kept(() -> ports.deliveries().takeNew(MANY));
        assertThat(events).hasSize(MANY);
        ports.unitOfWork().run(() -> ports.deliveries().add(events.stream().map(event -> Delivery.of(
                new DeliveryId(ports.ids().next()), endpoint, event.event().id(), event.event().type(), "{}", NOW)).toList()));
        List<Delivery> due = kept(() -> ports.deliveries().claimDue(NOW, LOST, List.of(), MANY, MANY));
        assertThat(due).hasSize(MANY);
        ports.unitOfWork().run(() -> ports.deliveries().record(due.stream().map(QueueStatementsTest::taken).toList()));
        assertThat(kept(() -> ports.deliveries().forget(LOST))).isEqualTo(MANY);
        assertThat(statements.count() - before).as("to take, add, claim, record and forget %s", MANY).isLessThan(12);
    }

    private static Outcome taken(Delivery delivery) {
        return new Outcome(delivery.delivered(),
                new DeliveryAttempt(delivery.id(), NOW, Duration.ZERO, OptionalInt.of(200), ""));
    }

    @Test
    void events_that_nobody_is_told_of_cost_no_statement_of_their_own() {
        var event = new BillingEvent(ports.ids().next(), EventType.INVOICE_CREATED, company.service().id(),
                ports.ids().next(), NOW, Map.of());
        long before = statements.count();
        ports.unitOfWork().run(() -> ports.eventLog().append(List.of(event)));
        assertThat(statements.count() - before).as("to look for its number, and to copy it").isEqualTo(2);
        assertThat(kept(() -> ports.deliveries().takeNew(MANY))).isEmpty();
    }

    @Test
    void the_statements_of_collections_follow_the_pages() throws SQLException {
        company.billing().billingRun().run(Company.FEBRUARY, 1, drafted -> { });
        var issued = new ArrayList<Invoice>();
        company.billing().finalise().finalise(NOW, issued::add);
        assertThat(issued).hasSize(MANY);
        try (Connection connection = jpa.dataSource().getConnection()) {
            Sql.update(connection, "UPDATE customer SET stripe_customer_id = 'cus_' || id");
            connection.commit();
        }

        long before = statements.count();
        assertThat(kept(() -> ports.payments().enrol(NOW, MANY))).isEqualTo(MANY);
        List<InvoiceCollection> due = kept(() -> ports.payments().claimDue(NOW, LOST, MANY));
        assertThat(due).hasSize(MANY);
        assertThat(statements.count() - before).as("to enrol and claim %s", MANY).isEqualTo(2);
    }

    private <T> T kept(Supplier<T> work) {
        return ports.unitOfWork().call(work);
    }
}
