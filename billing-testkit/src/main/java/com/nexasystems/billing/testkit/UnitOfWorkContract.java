package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.Customers.Candidate;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceNumbers.Series;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.tax.Jurisdiction;
import com.nexasystems.billing.tax.TaxRate;
import com.nexasystems.billing.usage.LateUsage;
import com.nexasystems.billing.usage.UsageRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.boundary.UnitOfWork}. */
public abstract class UnitOfWorkContract extends PortContract {

    private static final Metric CALLS = Metric.of("calls", Aggregation.COUNT, "call");
    private static final Jurisdiction ONTARIO = new Jurisdiction("CA-ON");
    private static final LocalDate NEW_YEAR = LocalDate.of(2026, 1, 1);

    protected UnitOfWorkContract() {
    }

    @Test
    @DisplayName("UW-1 what the work did is there afterwards")
    void what_the_work_did_is_there_afterwards() {
        var work = new WorkOnEveryPort();
        keep(work::doAll);
        work.assertDone();
    }

    @Test
    @DisplayName("UW-1 the answer of the work reaches the caller")
    void the_answer_of_the_work_reaches_the_caller() {
        assertThat(kept(() -> "answer")).isEqualTo("answer");
    }

    @Test
    @DisplayName("UW-2 of work that throws, nothing is there in any port")
    void of_work_that_throws_nothing_is_there() {
        var work = new WorkOnEveryPort();
        assertThatThrownBy(() -> keep(() -> {
            work.doAll();
            throw new Refusal();
        })).isInstanceOf(Refusal.class);
        work.assertUndone();
    }

    @Test
    @DisplayName("UW-2 the same exception reaches the caller")
    void the_same_exception_reaches_the_caller() {
        var thrown = new Refusal();
        assertThatThrownBy(() -> keep(() -> {
            throw thrown;
        })).isSameAs(thrown);
    }

    @Test
    @DisplayName("UW-2 an error undoes the work like an exception")
    void an_error_undoes_the_work_like_an_exception() {
        assertUndoneBy(new StackOverflowError("of the work"));
    }

    @Test
    @DisplayName("UW-2 a checked exception that slips through undoes the work too")
    void a_checked_exception_undoes_the_work_too() {
        assertUndoneBy(new IOException("of the work"));
    }

    @Test
    @DisplayName("UW-1 work that failed can be done again")
    void work_that_failed_can_be_done_again() {
        var work = new WorkOnEveryPort();
        assertThatThrownBy(() -> keep(() -> {
            work.doAll();
            throw new Refusal();
        })).isInstanceOf(Refusal.class);
        keep(work::doAll);
        work.assertDone();
    }

    @Test
    @DisplayName("UW-3 a call inside a call succeeds with it")
    void a_call_inside_a_call_succeeds_with_it() {
        keep(() -> {
            ports.metrics().add(CALLS);
            keep(() -> ports.metrics().add(Samples.CPU));
        });
        assertThat(ports.metrics().all()).containsExactly(CALLS, Samples.CPU);
    }

    @Test
    @DisplayName("UW-3 a call inside a call is undone with it, although it had succeeded")
    void a_call_inside_a_call_is_undone_with_it() {
        assertThatThrownBy(() -> keep(() -> {
            keep(() -> ports.metrics().add(CALLS));
            throw new Refusal();
        })).isInstanceOf(Refusal.class);
        assertThat(ports.metrics().all()).isEmpty();
    }

    @Test
    @DisplayName("UW-3 the outer call fails with the one inside it")
    void the_outer_call_fails_with_the_one_inside_it() {
        assertThatThrownBy(() -> keep(() -> {
            ports.metrics().add(CALLS);
            keep(() -> {
                throw new Refusal();
            });
        })).isInstanceOf(Refusal.class);
        assertThat(ports.metrics().all()).isEmpty();
    }

    @Test
    @DisplayName("UW-3 the outer call fails with the one inside it, also when it goes on as if nothing had happened")
    void the_outer_call_fails_also_when_it_goes_on() {
        assertThatThrownBy(() -> keep(() -> {
            ports.metrics().add(CALLS);
            assertThatThrownBy(() -> keep(() -> {
                throw new Refusal();
            })).isInstanceOf(Refusal.class);
        })).isInstanceOf(IllegalStateException.class);
        assertThat(ports.metrics().all()).isEmpty();
    }

    @Test
    @DisplayName("UW-3 a call inside a call sees what the outer one did")
    void a_call_inside_a_call_sees_what_the_outer_one_did() {
        Optional<Metric> seen = kept(() -> {
            ports.metrics().add(CALLS);
            return kept(() -> ports.metrics().find(CALLS.code()));
        });
        assertThat(seen).contains(CALLS);
    }

    @Test
    @DisplayName("UW-4 another thread sees nothing of work that goes on")
    void another_thread_sees_nothing_of_work_that_goes_on() {
        Optional<Optional<Metric>> seen = kept(() -> {
            ports.metrics().add(CALLS);
            return OtherThread.doing(() -> ports.metrics().find(CALLS.code())).answerMeanwhile();
        });
        assertThat(seen.flatMap(found -> found)).isEmpty();
        assertThat(OtherThread.doing(() -> ports.metrics().find(CALLS.code())).answer()).contains(CALLS);
    }

    @Test
    @DisplayName("UW-4 another thread never sees work that failed")
    void another_thread_never_sees_work_that_failed() {
        var reader = new OtherThread<?>[1];
        assertThatThrownBy(() -> keep(() -> {
            ports.metrics().add(CALLS);
            OtherThread<Optional<Metric>> meanwhile = OtherThread.doing(() -> ports.metrics().find(CALLS.code()));
            reader[0] = meanwhile;
            meanwhile.answerMeanwhile();
            throw new Refusal();
        })).isInstanceOf(Refusal.class);
        assertThat(reader[0].answer()).isEqualTo(Optional.empty());
    }

    private void assertUndoneBy(Throwable thrown) {
        assertThatThrownBy(() -> keep(() -> {
            ports.metrics().add(CALLS);
            throw UnitOfWorkContract.<RuntimeException>unchecked(thrown);
        })).isSameAs(thrown);
        assertThat(ports.metrics().find(CALLS.code())).isEmpty();
    }

    /** Other languages of the platform, and generated code, throw checked exceptions without declaring them. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Writes one thing through every port that keeps something. */
    private final class WorkOnEveryPort {

        private final World world = new World(ports);
        private final Service maps = Samples.service("maps");
        private final Subscription before = world.subscribed("before");
        private final Subscription updated = before.terminated(before.startedAt());
        private final Subscription added = world.sample("added").build();
        private final UsageRecord usage = Samples.usage(before, "key").build();
        private final LateUsage late = new LateUsage(before.id(), Samples.CPU.code(), Samples.month("2026-01"));
        private final Invoice invoice = Samples.invoice(before).build();
        private final AuditEntry entry =
                new AuditEntry(Samples.NEW_YEAR, Actor.person("ada"), "looked", "subject", Map.of());
        private final BillingEvent event = new BillingEvent(Samples.id("event"), EventType.SUBSCRIPTION_STARTED,
                world.hosting.id(), before.id().value(), Samples.NEW_YEAR, Map.of());
        private final TaxRate rate = new TaxRate(ONTARIO, "HST", List.of(new TaxRate.Component("HST", BigDecimal.TEN)),
                NEW_YEAR, Optional.empty());

        void doAll() {
            ports.metrics().add(CALLS);
            ports.plans().add(Samples.plan("pro"));
            ports.services().add(maps);
            ports.services().update(world.chat.active(false));
            ports.customers().link(maps.id(), List.of(new Candidate("bob", Samples.customer("Bob"))));
            ports.customers().update(world.zoe.exempt());
            ports.taxRates().add(rate);
            ports.subscriptions().add(List.of(added));
            ports.usageRecords().add(List.of(usage), false);
            ports.usageRecords().markLate(List.of(late));
            ports.subscriptions().update(List.of(updated));
            ports.invoices().add(List.of(invoice));
            ports.invoiceNumbers().take(maps.id(), Series.INVOICE, 1);
            ports.auditTrail().add(List.of(entry));
            ports.eventLog().append(List.of(event));
        }

        void assertDone() {
            assertThat(ports.metrics().find(CALLS.code())).contains(CALLS);
            assertThat(ports.plans().find(Samples.plan("pro").code())).contains(Samples.plan("pro"));
            assertThat(ports.services().find(maps.id())).contains(maps);
            assertThat(ports.services().find(world.chat.id())).contains(world.chat.active(false));
            assertThat(ports.customers().findLinked(maps.id(), "bob")).contains(Samples.customer("Bob"));
            assertThat(ports.customers().find(world.zoe.id())).contains(world.zoe.exempt());
            assertThat(ports.taxRates().inForce(ONTARIO, NEW_YEAR)).containsExactly(rate);
            assertThat(ports.subscriptions().find(added.id())).contains(added);
            assertThat(ports.subscriptions().find(before.id())).contains(updated);
            assertThat(ports.usageRecords().find(usage.key())).contains(usage);
            assertThat(ports.usageRecords().late(List.of(before.id()))).containsExactly(late);
            assertThat(ports.invoices().find(invoice.id())).contains(invoice);
            assertThat(kept(() -> ports.invoiceNumbers().take(maps.id(), Series.INVOICE, 1))).isEqualTo(2);
            assertThat(ports.auditTrail().of("subject")).containsExactly(entry);
            assertThat(ports.eventLog().of(before.id().value())).hasSize(1);
        }

        void assertUndone() {
            assertThat(ports.metrics().find(CALLS.code())).isEmpty();
            assertThat(ports.plans().find(Samples.plan("pro").code())).isEmpty();
            assertThat(ports.services().find(maps.id())).isEmpty();
            assertThat(ports.services().find(world.chat.id())).contains(world.chat);
            assertThat(ports.customers().findLinked(maps.id(), "bob")).isEmpty();
            assertThat(ports.customers().find(Samples.customer("Bob").id())).isEmpty();
            assertThat(ports.customers().find(world.zoe.id())).contains(world.zoe);
            assertThat(ports.taxRates().inForce(ONTARIO, NEW_YEAR)).isEmpty();
            assertThat(ports.subscriptions().find(added.id())).isEmpty();
            assertThat(ports.subscriptions().find(before.id())).contains(before);
            assertThat(ports.usageRecords().find(usage.key())).isEmpty();
            assertThat(ports.usageRecords().late(List.of(before.id()))).isEmpty();
            assertThat(ports.invoices().find(invoice.id())).isEmpty();
            assertThat(ports.auditTrail().of("subject")).isEmpty();
            assertThat(ports.eventLog().of(before.id().value())).isEmpty();
        }
    }
}
