package com.nexasystems.billing.stripe;

import static com.nexasystems.billing.stripe.InvoiceWorld.ISSUED;
import static com.nexasystems.billing.stripe.InvoiceWorld.PAID;
import static com.nexasystems.billing.stripe.InvoiceWorld.cad;
import static com.nexasystems.billing.stripe.InvoiceWorld.invoice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.Evidence.Document;
import com.nexasystems.billing.ledger.InvoiceFacts;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.simulator.stripe.StripeInvoice;
import com.nexasystems.billing.tax.Jurisdiction;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which invoice, of when, for whom, and its lines. */
class StripeInvoiceFactsTest {

    private final InvoiceWorld world = new InvoiceWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private static StripeInvoice.Line growth() {
        return StripeInvoice.Line.of("8 × Growth", 16000);
    }

    private static StripeInvoice simple() {
        return invoice("in_1").line(growth());
    }

    @Test
    void it_is_issued_when_it_takes_effect() {
        Instant printed = Instant.parse("2026-02-27T00:00:00Z");
        assertThat(world.booked(simple().effective(printed)).issuedAt()).contains(printed);
    }

    @Test
    void else_it_is_issued_when_it_was_finalised_and_never_when_it_was_created() {
        StripeInvoice invoice = simple().with("invoice.effective_at", null).with("invoice.created", 1L);
        assertThat(world.booked(invoice).issuedAt()).contains(ISSUED);
    }

    @Test
    void a_draft_is_of_no_date_even_if_one_is_planned() {
        InvoiceFacts facts = world.read(simple().draft().effective(PAID));
        assertThat(facts.state()).isEqualTo(State.DRAFT);
        assertThat(facts.issuedAt()).isEmpty();
        assertThat(facts.number()).isEmpty();
    }

    @Test
    void an_open_invoice_says_when_it_is_due() {
        InvoiceFacts facts = world.booked(simple().due(Instant.parse("2026-03-31T23:59:59Z")));
        assertThat(facts.state()).isEqualTo(State.OPEN);
        assertThat(facts.due()).contains(LocalDate.of(2026, 3, 31));
        assertThat(facts.settledAt()).isEmpty();
        assertThat(facts.totals().remaining()).isEqualTo(cad("160.00"));
    }

    @Test
    void an_uncollectible_invoice_says_when_it_was_given_up() {
        InvoiceFacts facts = world.booked(simple().givenUp(PAID));
        assertThat(facts.state()).isEqualTo(State.UNCOLLECTIBLE);
        assertThat(facts.writtenOffAt()).contains(PAID);
    }

    @Test
    void one_that_was_paid_after_all_still_says_when_it_was_given_up() {
        InvoiceFacts facts = world.booked(simple().givenUp(PAID).paid(16000, PAID.plusSeconds(60)));
        assertThat(facts.state()).isEqualTo(State.PAID);
        assertThat(facts.writtenOffAt()).contains(PAID);
        assertThat(facts.settledAt()).contains(PAID.plusSeconds(60));
    }

    @Test
    void a_revised_invoice_is_void_and_says_what_replaces_it() {
        InvoiceFacts old = world.booked(simple().revisedBy("in_2", PAID));
        assertThat(old.state()).isEqualTo(State.VOID);
        assertThat(old.revisedBy()).contains("in_2");
        InvoiceFacts revision = world.booked(invoice("in_2").line(growth()).revises("in_1"));
        assertThat(revision.state()).isEqualTo(State.OPEN);
        assertThat(revision.revisedBy()).isEmpty();
    }

    @Test
    void one_that_was_replaced_and_is_not_void_is_told() {
        assertThat(world.read(simple().with("invoice.latest_revision", "in_2")).unexplained())
                .containsExactly("it was replaced by in_2, and is not void");
        assertThat(world.read(simple().with("invoice.latest_revision", "in_1")).unexplained()).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
            CA | ON             | CA-ON
            CA | Ontario        | CA-ON
            CA | québec         | CA-QC
            CA | CA-BC          | CA-BC
            CA | somewhere      | CA
            US | ny             | US-NY
            FR | Île-de-France  | FR
            DE | ''             | DE
            ca | on             | CA-ON
            Canada | ON         | ''
            '' | ON             | ''
            """)
    void the_jurisdiction_is_that_of_the_address(String country, String state, String jurisdiction) {
        assertThat(world.booked(simple().address(country, state)).jurisdiction().map(Jurisdiction::code).orElse(""))
                .isEqualTo(jurisdiction);
    }

    @ParameterizedTest(name = "{0} {1} of a customer in {2} {3} is {4}")
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
            CA | NB | ''  | ''  | CA-NB
            CA | NB | CA  | ON  | CA-NB
            CA |    | CA  | ON  | CA-ON
            CA |    | ''  | ''  | CA
            FR |    | ''  | ''  | FR
            FR |    | IE  | ''  | FR
               |    | CA  | ON  | CA-ON
            """)
    void the_jurisdiction_is_that_of_the_tax_rates_as_far_as_they_name_one(String country, String state, String customer,
                                                                           String region, String jurisdiction) {
        StripeInvoice invoice = invoice("in_1").line(growth().taxed(InvoiceWorld.HST)).address(customer, region)
                .with("invoice.total_taxes", List.of(tax(2080, "HST", "13", country, state)));
        assertThat(world.booked(invoice).jurisdiction().map(Jurisdiction::code)).contains(jurisdiction);
    }

    @Test
    void rates_of_several_regions_leave_it_to_the_address() {
        StripeInvoice invoice = invoice("in_1").line(growth().taxed(InvoiceWorld.HST, InvoiceWorld.QST)).address("CA", "BC")
                .with("invoice.total_taxes", List.of(tax(2080, "HST", "13", "CA", "ON"), tax(1596, "QST", "9.975", "CA", "QC")));
        assertThat(world.booked(invoice).jurisdiction().map(Jurisdiction::code)).contains("CA-BC");
    }

    private static Map<String, Object> tax(long amount, String name, String percent, String country, String state) {
        var rate = new LinkedHashMap<String, Object>(Map.of("id", "txr_" + name.toLowerCase(Locale.ROOT), "object", "tax_rate",
                "display_name", name, "percentage", new BigDecimal(percent)));
        rate.put("country", country);
        rate.put("state", state);
        return Map.of("amount", amount, "tax_behavior", "exclusive", "taxability_reason", "not_available", "taxable_amount",
                16000, "tax_rate_details", Map.of("tax_rate", rate));
    }

    @Test
    void the_customer_is_his_id_and_the_name_on_the_invoice() {
        InvoiceFacts facts = world.booked(simple().customer("cus_7", "Ada\u0000 Ltd\n" + "x".repeat(400)));
        assertThat(facts.party().id()).isEqualTo("cus_7");
        assertThat(facts.party().name()).startsWith("Ada  Ltd x").hasSize(255);
    }

    @Test
    void a_line_is_called_as_it_is_without_what_cannot_be_stored() {
        Line line = world.booked(invoice("in_1").line(StripeInvoice.Line.of("8 × Growth\u0007😀", 100)
                .priced("price_growth"))).lines().get(0);
        assertThat(line.description()).isEqualTo("8 × Growth 😀");
        assertThat(line.item()).contains("price_growth");
        assertThat(line.id()).isEqualTo("il_1_0");
    }

    @Test
    void a_line_without_text_is_called_by_its_id_and_without_price_is_of_no_item() {
        Line line = world.booked(simple().with("lines.0.description", null).with("lines.0.pricing", null)
                .with("lines.0.parent", null)).lines().get(0);
        assertThat(line.description()).isEqualTo("il_1_0");
        assertThat(line.item()).isEmpty();
        assertThat(line.proration()).isFalse();
    }

    @Test
    void a_line_without_price_is_of_its_product() {
        assertThat(world.booked(simple().with("lines.0.pricing.price_details.price", null)).lines().get(0).item())
                .contains("prod_price_1");
    }

    @Test
    void whether_it_is_a_proration_says_the_flag_and_not_the_text() {
        List<Line> lines = world.booked(invoice("in_1")
                .line(StripeInvoice.Line.of("Verbleibende Zeit", 900).prorated())
                .line(StripeInvoice.Line.of("Unused time on 8 × Growth after 27 May 2026", -400)
                        .prorated("il_0_3", "il_0_4"))
                .line(StripeInvoice.Line.of("Remaining time on earth", 500))).lines();
        assertThat(lines).extracting(Line::proration).containsExactly(true, true, false);
        assertThat(lines.get(1).credits()).containsExactly("il_0_3", "il_0_4");
        assertThat(lines.get(1).net()).isEqualTo(cad("-4.00"));
    }

    @Test
    void a_proration_of_an_invoice_item_is_one_too() {
        Map<String, Object> details = Map.of("proration", true, "proration_details",
                Map.of("credited_items", Map.of("invoice", "in_0", "invoice_line_items", List.of("il_9"))));
        StripeInvoice invoice = simple().with("lines.0.parent",
                Map.of("type", "invoice_item_details", "invoice_item_details", details));
        assertThat(world.booked(invoice).lines().get(0).proration()).isTrue();
        assertThat(world.booked(invoice).lines().get(0).credits()).containsExactly("il_9");
        assertThat(world.booked(simple().with("lines.0.parent", Map.of("type", "license_fee_details"))).lines().get(0)
                .proration()).isFalse();
    }

    @Test
    void all_lines_are_read_and_not_only_the_ten_that_come_with_it() {
        StripeInvoice invoice = invoice("in_1");
        for (int i = 1; i <= 255; i++) {
            invoice.line(StripeInvoice.Line.of("Line " + i, i).taxed(InvoiceWorld.HST));
        }
        Evidence evidence = world.evidence(invoice);
        assertThat(evidence.documents()).extracting(Document::name)
                .contains("invoice", "lines-1", "lines-2", "lines-3", "payments-1", "credit-notes-1");
        assertThat(world.source.read(evidence).lines()).hasSize(255);
        InvoiceWorld.assertAddsUp(world.source.read(evidence));
    }

    @ParameterizedTest
    @ValueSource(strings = {"total", "total_excluding_tax", "amount_due", "amount_paid", "amount_remaining",
            "starting_balance", "status", "currency", "customer"})
    void what_is_missing_is_refused_by_its_name(String field) {
        assertThatThrownBy(() -> world.read(simple().with("invoice." + field, null))).isInstanceOf(InvalidValue.class)
                .hasMessageContaining(field).hasMessageContaining("is missing");
    }

    @Test
    void what_is_missing_of_a_line_is_refused_by_its_name() {
        assertThatThrownBy(() -> world.read(simple().with("lines.0.amount", null))).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("lines[0].amount: is missing");
        assertThatThrownBy(() -> world.read(simple().with("lines.0.currency", "usd"))).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("lines[0].currency: is usd");
    }

    @Test
    void a_status_that_nobody_knows_is_refused() {
        assertThatThrownBy(() -> world.read(simple().with("invoice.status", "pending"))).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("status").hasMessageContaining("pending");
    }

    @ParameterizedTest(name = "{1} of {0} are {2}")
    @CsvSource({"jpy, 500, 500 JPY", "kwd, 1230, 1.230 KWD", "isk, 50000, 500 ISK", "mga, 500, 500.00 MGA",
            "usd, 500, 5.00 USD"})
    void amounts_are_in_the_minor_units_of_stripe(String currency, long amount, String money) {
        InvoiceFacts facts = world.booked(StripeInvoice.of("in_1", currency, ISSUED)
                .line(StripeInvoice.Line.of("Growth", amount)));
        assertThat(facts.totals().total()).hasToString(money);
    }

    @ParameterizedTest
    @CsvSource({"ugx, 500", "isk, 50050", "xyz, 500"})
    void amounts_that_cannot_be_said_are_refused_with_their_field(String currency, long amount) {
        StripeInvoice invoice = StripeInvoice.of("in_1", currency, ISSUED).line(StripeInvoice.Line.of("Growth", amount));
        assertThatThrownBy(() -> world.read(invoice)).isInstanceOf(InvalidValue.class)
                .hasMessageMatching("(currency|lines\\[0]\\.amount): .*");
    }

    @Test
    void what_is_not_on_the_lines_is_told() {
        assertThat(world.read(simple().with("invoice.amount_shipping", 1000L)).unexplained())
                .containsExactly("it contains shipping of 10.00 CAD, which is no line");
        assertThat(world.read(simple().with("invoice.shipping_cost", Map.of("amount_total", 1130L))).unexplained())
                .containsExactly("it contains shipping of 11.30 CAD, which is no line");
        assertThat(world.read(simple().with("invoice.total_pretax_credit_amounts",
                List.of(Map.of("type", "credit_balance_transaction", "amount", 500L)))).unexplained())
                .containsExactly("credits of a credit grant were taken off it");
        assertThat(world.read(simple().with("invoice.total_pretax_credit_amounts",
                List.of(Map.of("type", "discount", "amount", 500L)))).unexplained()).isEmpty();
        assertThat(world.read(simple().with("invoice.on_behalf_of", "acct_1")).unexplained())
                .containsExactly("it is issued on behalf of acct_1, whose money it is");
    }

    @Test
    void of_what_is_not_booked_nothing_has_to_be_explained() {
        assertThat(world.read(simple().voided(PAID).with("invoice.on_behalf_of", "acct_1")).unexplained()).isEmpty();
    }

    @Test
    void reading_twice_gives_the_same_and_asks_nobody() {
        Evidence evidence = world.evidence(simple().paid(16000, PAID).refunded(0, 500, PAID, "succeeded"));
        int asked = world.stripe.requests().size();
        assertThat(world.source.read(evidence)).isEqualTo(world.source.read(evidence));
        assertThat(world.stripe.requests()).hasSize(asked);
    }

    @Test
    void evidence_of_another_invoice_is_refused() {
        Evidence other = world.evidence(simple());
        assertThatThrownBy(() -> world.source.read(new Evidence("in_2", ISSUED, other.documents())))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("is another: in_1");
    }

    /** Whatever is taken out of a document or put in its place, the answer are facts or a refusal. */
    @Test
    void what_is_no_answer_of_stripes_is_refused() {
        Evidence evidence = world.evidence(simple().paid(16000, PAID).refunded(0, 500, PAID, "succeeded"));
        for (Document document : evidence.documents()) {
            for (String wrong : List.of("", "null", "[]", "{}", "7", "\"a\"", "<html></html>",
                    "{\"data\":[null],\"has_more\":false}",
                    "{\"data\":[{}],\"has_more\":false}", "{\"id\":\"in_1\",\"currency\":7,\"status\":{}}",
                    "{\"a\":".repeat(100_000))) {
                Evidence spoilt = new Evidence("in_1", ISSUED, evidence.documents().stream().map(each -> each == document
                        ? new Document(each.name(), wrong.getBytes()) : each).collect(Collectors.toList()));
                assertThatThrownBy(() -> world.source.read(spoilt)).as(document.name() + ": " + wrong.substring(0,
                        Math.min(60, wrong.length()))).isInstanceOf(InvalidValue.class);
            }
        }
    }

    @Test
    void a_list_that_contains_something_twice_is_refused() {
        Evidence evidence = world.evidence(simple().paid(16000, PAID));
        List<Document> documents = evidence.documents().stream().map(each -> "payments-1".equals(each.name())
                ? new Document(each.name(), twice(each.bytes())) : each).toList();
        assertThatThrownBy(() -> world.source.read(new Evidence("in_1", ISSUED, documents))).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("payments: contain inpay_1_0 twice");
    }

    private static byte[] twice(byte[] list) {
        String json = new String(list);
        String element = json.substring(json.indexOf('[') + 1, json.lastIndexOf(']'));
        return json.replace("[" + element + "]", "[" + element + "," + element + "]").getBytes();
    }

    @Test
    void due_is_optional() {
        assertThat(world.booked(simple()).due()).isEqualTo(Optional.empty());
    }
}
