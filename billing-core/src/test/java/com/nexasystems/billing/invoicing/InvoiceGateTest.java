package com.nexasystems.billing.invoicing;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.CAD;
import static com.nexasystems.billing.testing.Shop.MAY;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.gate.GateResult.Refusal;
import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.invoicing.IssueOneOff.Fee;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.tax.UnknownJurisdiction;
import com.nexasystems.billing.testing.Shop;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Invoice finalisation, for a service that asks for complete invoices. */
class InvoiceGateTest {

    private static final Actor EVE = Actor.person("eve");
    private static final Currency EUR = Currency.getInstance("EUR");

    private final Shop shop = new Shop(BillingPolicy.DEFAULT.with(UnknownJurisdiction.UNTAXED));
    private final Customer max = shop.customer("max");

    private void askForCompleteInvoices() {
        shop.billing.ports().services().update(shop.hosting.completeInvoices(true));
    }

    private static Address address(String country, String city) {
        return new Address(Optional.of("1 Main Street"), Optional.empty(), Optional.of(city).filter(text -> !text.isEmpty()),
                Optional.empty(), Optional.of("12345"), country);
    }

    private Customer update(Customer customer) {
        shop.billing.ports().customers().update(customer);
        return customer;
    }

    private static Customer withTaxId(Customer of, String taxId) {
        return new Customer(of.id(), of.name(), of.email(), of.address(), Optional.of(taxId), of.taxExempt(), of.currency(),
                of.stripeCustomerId(), of.zone(), of.locale());
    }

    /** The draft of a customer for March. */
    private Invoice draft(Customer customer) {
        Subscription web = shop.subscribe(customer, "of " + customer.name(), shop.starter);
        shop.clock.set(APRIL);
        shop.run(APRIL);
        return shop.drafts().stream().filter(draft -> draft.isOf(web.id())).findFirst().orElseThrow();
    }

    private List<Refusal> refusals() {
        return shop.finalise(MAY).refused().stream().flatMap(refused -> refused.why().refusals().stream()).toList();
    }

    private List<String> checks() {
        return refusals().stream().map(Refusal::check).toList();
    }

    @Test
    void a_service_that_does_not_ask_finalises_as_ever() {
        draft(max);
        BillingReport report = shop.finalise(MAY);
        assertThat(report.invoices()).isEqualTo(1);
        assertThat(report.refusals()).isZero();
        assertThat(shop.lastInvoice().status()).isEqualTo(InvoiceStatus.FINALISED);
    }

    @Test
    void what_is_not_complete_stays_a_draft_and_the_others_are_finalised() {
        Customer zoe = update(shop.customer("zoe").withEmail("zoe@example.com").withAddress(address("CA", "Toronto")));
        Invoice refused = draft(max);
        Invoice complete = draft(zoe);
        askForCompleteInvoices();
        BillingReport report = shop.finalise(MAY);
        assertThat(report.invoices()).isEqualTo(1);
        assertThat(report.failed()).isZero();
        assertThat(report.refusals()).isEqualTo(1);
        assertThat(report.refused()).singleElement().satisfies(left -> {
            assertThat(left.invoice()).isEqualTo(refused.id());
            assertThat(left.customerName()).isEqualTo("max");
            assertThat(left.reason()).isEqualTo("max has no billing e-mail (enter the customer's billing e-mail);"
                    + " max has no address (enter the customer's address)");
        });
        assertThat(find(refused)).isEqualTo(refused);
        assertThat(find(complete).number()).contains("HOSTING-000001");
        update(max.withEmail("max@example.com").withAddress(address("CA", "Ottawa")));
        assertThat(shop.finalise(MAY).invoices()).isEqualTo(1);
        assertThat(find(refused).number()).contains("HOSTING-000002");
    }

    private Invoice find(Invoice invoice) {
        return shop.billing.ports().invoices().find(invoice.id()).orElseThrow();
    }

    @Test
    void the_address_must_be_complete_where_the_law_asks_for_it() {
        draft(update(max.withEmail("m@example.com").withAddress(address("GB", ""))));
        askForCompleteInvoices();
        assertThat(refusals()).containsExactly(new Refusal("address", "the address of max in GB has no city",
                "complete the customer's address; it is asked for there"));
        update(max.withEmail("m@example.com").withAddress(address("US", "")));
        assertThat(checks()).isEmpty();
    }

    @Test
    void the_tax_id_must_be_known_where_the_law_asks_for_it() {
        Customer berlin = update(max.withEmail("m@example.com").withAddress(address("DE", "Berlin")));
        draft(berlin);
        askForCompleteInvoices();
        assertThat(refusals()).containsExactly(new Refusal("tax-id", "max in DE has no tax id",
                "enter the customer's tax id; it is asked for there"));
        update(withTaxId(berlin, "DE123456789"));
        assertThat(checks()).isEmpty();
        assertThat(shop.drafts()).isEmpty();
    }

    @Test
    void an_installation_says_itself_where_what_is_asked_for() {
        var needs = new InvoiceNeeds(Set.of("CA-QC"), Set.of());
        Invoice draft = draft(max);
        Customer quebec = max.withEmail("m@example.com").withAddress(Address.in("CA", "QC"));
        assertThat(missing(draft, quebec, needs))
                .containsExactly("the address of max in CA has no street, city, postal code");
        assertThat(missing(draft, quebec.withAddress(Address.in("CA", "ON")), needs)).isEmpty();
        assertThat(missing(draft, max.withEmail("m@example.com"), new InvoiceNeeds(Set.of(), Set.of()))).isEmpty();
    }

    @Test
    void no_line_may_be_in_another_currency_than_the_customers() {
        Invoice draft = draft(max);
        Customer complete = max.withEmail("m@example.com").withAddress(address("CA", "Toronto"));
        assertThat(missing(draft, complete.withCurrency(CAD), InvoiceNeeds.DEFAULT)).isEmpty();
        assertThat(missing(draft, complete.withCurrency(EUR), InvoiceNeeds.DEFAULT))
                .containsExactly("the lines are in CAD, and max is billed in EUR");
    }

    private static List<String> missing(Invoice draft, Customer customer, InvoiceNeeds needs) {
        return InvoiceGate.FINALISATION.checkAll(new Finalisable(draft, customer, List.of(), needs)).refusals().stream()
                .map(Refusal::missing).toList();
    }

    @Test
    void a_line_that_is_held_keeps_its_draft_back_until_it_is_released() {
        Invoice draft = draft(update(max.withEmail("m@example.com").withAddress(address("CA", "Toronto"))));
        String line = draft.lines().get(0).description();
        askForCompleteInvoices();
        hold(draft, 1);
        hold(draft, 1);
        assertThat(refusals()).containsExactly(new Refusal("held-lines", "held: " + line + " (by eve: they say it was down)",
                "clear up why, correct the line if need be, and release it"));
        shop.billing.lineHolds().release(shop.hosting.id(), draft.id(), 1, EVE);
        shop.billing.lineHolds().release(shop.hosting.id(), draft.id(), 1, EVE);
        assertThat(checks()).isEmpty();
        assertThat(find(draft).status()).isEqualTo(InvoiceStatus.FINALISED);
        assertThat(shop.billing.ports().auditTrail().of(draft.id().toString())).extracting(AuditEntry::action)
                .containsExactly("invoice.line_held", "invoice.line_released");
        assertThatThrownBy(() -> hold(draft, 1)).isInstanceOf(InvalidValue.class).hasMessageContaining("no such draft");
    }

    @Test
    void a_held_line_stays_held_when_the_draft_is_rated_again() {
        Invoice draft = draft(update(max.withEmail("m@example.com").withAddress(address("CA", "Toronto"))));
        askForCompleteInvoices();
        hold(draft, 1);
        shop.use("of max", Shop.MARCH.plusSeconds(60), "498000");
        assertThat(checks()).containsExactly("held-lines");
        assertThat(find(draft).subtotal()).isEqualTo(cad("21.00"));
    }

    @Test
    void only_lines_that_are_there_are_held_and_only_where_it_counts() {
        Invoice draft = draft(max);
        assertThatThrownBy(() -> hold(draft, 1)).isInstanceOf(InvalidValue.class).hasMessageContaining("does not ask");
        askForCompleteInvoices();
        assertThatThrownBy(() -> hold(draft, 2)).isInstanceOf(InvalidValue.class).hasMessageContaining("no line 2");
        assertThatThrownBy(() -> hold(draft, 0)).isInstanceOf(InvalidValue.class);
    }

    private void hold(Invoice draft, int line) {
        shop.billing.lineHolds().hold(shop.hosting.id(), draft.id(), line, EVE, "they say it was down");
    }

    @Test
    void one_that_is_finalised_at_once_is_refused_with_what_is_missing() {
        Invoice draft = draft(max);
        askForCompleteInvoices();
        assertThatThrownBy(() -> shop.billing.finalise().finaliseNow(shop.hosting.id(), draft.id()))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("cannot be finalised yet: max has no billing e-mail");
        assertThat(find(draft)).isEqualTo(draft);
    }

    @Test
    void what_is_sold_once_is_a_draft_until_it_is_complete() {
        askForCompleteInvoices();
        Invoice sold = sell();
        assertThat(sold.status()).isEqualTo(InvoiceStatus.DRAFT);
        assertThat(sell()).isEqualTo(sold);
        update(max.withEmail("m@example.com").withAddress(address("CA", "Toronto")));
        shop.finalise(MAY);
        assertThat(sell().number()).contains("HOSTING-000001");
    }

    private Invoice sell() {
        return shop.billing.oneOff().issue(shop.hosting.id(), new IssueOneOff.Request(max, CAD,
                List.of(Fee.of("Tokens", "1", "5")), "k1"));
    }

    @Test
    void of_several_that_would_be_one_invoice_those_that_are_complete_are_one() {
        var regrouping = new Shop(BillingPolicy.DEFAULT.with(UnknownJurisdiction.UNTAXED).regrouping());
        Customer ada = regrouping.customer("ada").withEmail("a@example.com").withAddress(address("CA", "Toronto"));
        regrouping.billing.ports().customers().update(ada);
        regrouping.billing.ports().services().update(regrouping.hosting.completeInvoices(true));
        List.of("a", "b", "c").forEach(id -> regrouping.subscribe(ada, id, regrouping.starter));
        regrouping.clock.set(APRIL);
        regrouping.run(APRIL);
        Invoice doubted = regrouping.drafts().get(0);
        regrouping.billing.lineHolds().hold(regrouping.hosting.id(), doubted.id(), 1, EVE, "why?");
        assertThat(regrouping.finalise(MAY).refused()).extracting(RefusedInvoice::invoice).containsExactly(doubted.id());
        assertThat(regrouping.drafts()).containsExactly(doubted);
        assertThat(regrouping.invoices()).filteredOn(invoice -> invoice.status() == InvoiceStatus.FINALISED).singleElement()
                .satisfies(whole -> assertThat(whole.subtotal()).isEqualTo(cad("40.00")));
    }
}
