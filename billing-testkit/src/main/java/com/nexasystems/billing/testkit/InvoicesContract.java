package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.BillingTerms.Terms;
import com.nexasystems.billing.invoicing.Credit;
import com.nexasystems.billing.invoicing.Discount;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.InvoiceLine;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.invoicing.InvoiceReason;
import com.nexasystems.billing.invoicing.InvoiceSearch;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.invoicing.LineOrigin;
import com.nexasystems.billing.invoicing.Stretch;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.money.MoneySplit;
import com.nexasystems.billing.payment.InvoiceCollection;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Proration;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.rating.PlanPrices;
import com.nexasystems.billing.rating.RatePeriod;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.tax.Jurisdiction;
import com.nexasystems.billing.tax.TaxAmount;
import com.nexasystems.billing.tax.TaxOnLines;
import com.nexasystems.billing.tax.TaxOnLines.TaxedLine;
import com.nexasystems.billing.tax.TaxPolicy;
import com.nexasystems.billing.tax.TaxRate;
import com.nexasystems.billing.usage.AggregatedUsage;
import com.nexasystems.billing.usage.UsageWindow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.invoicing.Invoices}. */
public abstract class InvoicesContract extends PortContract {

    private static final BillingPeriod JANUARY = Samples.month("2026-01");
    private static final BillingPeriod FEBRUARY = Samples.month("2026-02");
    private static final BillingPeriod MARCH = Samples.month("2026-03");
    private static final Comparator<Invoice> BY_DUE_DATE = Comparator.comparing(Invoice::due)
            .thenComparing(invoice -> invoice.reason().subject().toString()).thenComparing(invoice -> invoice.reason().kind());

    private World world;
    private Subscription web;

    protected InvoicesContract() {
    }

    @BeforeEach
    final void subscribe() {
        world = new World(ports);
        web = world.subscribed("web");
    }

    @Test
    @DisplayName("IN-1 an invoice that was added is found by id, with every line, step and tax as it was")
    void an_invoice_is_found_by_id_exactly_as_it_was() {
        Invoice rich = richInvoice();
        assertThat(add(rich)).containsExactly(rich.id());
        assertThat(ports.invoices().find(rich.id())).contains(rich);
        assertThat(ports.invoices().findAll(List.of(rich.id(), new InvoiceId(Samples.id("unknown")))))
                .isEqualTo(Map.of(rich.id(), rich));
        assertThat(ports.invoices().findAll(List.of())).isEmpty();
        assertThat(ports.invoices().list(InvoiceQuery.ALL)).containsExactly(rich);
    }

    @Test
    @DisplayName("IN-1 an issued invoice is found by its number, exactly as it was")
    void an_issued_invoice_is_found_by_its_number() {
        Invoice issued = issued(richInvoice(), "HOSTING-000001");
        assertThat(ports.invoices().findByNumber("HOSTING-000001")).contains(issued);
        assertThat(ports.invoices().find(issued.id())).contains(issued);
        assertThat(ports.invoices().findByNumber("HOSTING-000002")).isEmpty();
    }

    @Test
    @DisplayName("IN-1 an invoice without lines, usage or taxes is one too")
    void an_invoice_without_lines_is_one_too() {
        Invoice bare = Samples.invoice(web).withoutUsage().lines().build();
        add(bare);
        assertThat(ports.invoices().find(bare.id())).contains(bare);
        assertThat(ports.invoices().find(new InvoiceId(Samples.id("unknown")))).isEmpty();
    }

    @Test
    @DisplayName("IN-1 an invoice that is for no subscription is one too")
    void an_invoice_for_no_subscription_is_one_too() {
        Invoice sold = Samples.invoice(web).oneOff().build();
        add(sold);
        assertThat(ports.invoices().find(sold.id())).contains(sold);
        assertThat(ports.invoices().list(InvoiceQuery.ALL.of(web.id()))).isEmpty();
        assertThat(issued(sold, "HOSTING-000007").number()).contains("HOSTING-000007");
    }

    @Test
    @DisplayName("IN-1 a line of an invoice for several subscriptions says which one it is of")
    void a_line_says_which_subscription_it_is_of() {
        InvoiceLine flat = InvoiceSample.flat("20.00");
        var origin = new LineOrigin(web.id(), "wéb", new InvoiceId(Samples.id("draft")));
        Invoice several = Samples.invoice(web).oneOff().lines(new InvoiceLine(flat.kind(), flat.description(),
                flat.explanation(), flat.rounding(), flat.alreadyBilled(), flat.amount(), Optional.of(origin))).build();
        add(several);
        assertThat(ports.invoices().find(several.id())).contains(several);
    }

    @Test
    @DisplayName("IN-2 a reason is taken once")
    void a_reason_is_taken_once() {
        Invoice first = Samples.invoice(web).build();
        Invoice second = Samples.invoice(web).lines(InvoiceSample.flat("99.00")).build();
        Invoice other = Samples.invoice(web).period(FEBRUARY).build();
        add(first);
        assertThat(add(second, other)).containsExactly(other.id());
        assertThat(ports.invoices().find(first.id())).contains(first);
    }

    @Test
    @DisplayName("IN-2 a reason is taken also within a batch, and by an issued invoice")
    void a_reason_is_taken_also_within_a_batch() {
        Invoice first = Samples.invoice(web).build();
        assertThat(add(first, Samples.invoice(web).lines().build())).containsExactly(first.id());
        Invoice issued = finalised(first, "HOSTING-000001");
        assertThat(add(first)).isEmpty();
        assertThat(ports.invoices().find(first.id())).contains(issued);
    }

    @Test
    @DisplayName("IN-2 of concurrent invoices with one reason, one is kept")
    void of_concurrent_invoices_with_one_reason_one_is_kept() {
        List<Invoice> rivals = IntStream.range(1, 7)
                .mapToObj(i -> Samples.invoice(web).lines(InvoiceSample.flat(i + ".00")).build()).toList();
        List<InvoiceId> added = OtherThread.together(rivals.size(), i -> add(rivals.get(i))).stream()
                .flatMap(List::stream).toList();
        assertThat(added).containsExactly(rivals.get(0).id());
        assertThat(ports.invoices().list(InvoiceQuery.ALL)).hasSize(1).isSubsetOf(rivals);
    }

    @Test
    @DisplayName("IN-3 a draft is replaced, with all its lines")
    void a_draft_is_replaced() {
        add(richInvoice());
        Invoice changed = Samples.invoice(web).lines(InvoiceSample.flat("1.23")).build();
        assertThat(kept(() -> ports.invoices().replace(List.of(changed)))).containsExactly(changed.id());
        assertThat(ports.invoices().find(changed.id())).contains(changed);
    }

    @Test
    @DisplayName("IN-3 no other invoice is replaced")
    void no_other_invoice_is_replaced() {
        Invoice draft = Samples.invoice(web).build();
        Invoice issued = issued(draft, "HOSTING-000001");
        Invoice unknown = Samples.invoice(web).period(FEBRUARY).build();
        assertThat(kept(() -> ports.invoices().replace(List.of(draft, unknown)))).isEmpty();
        assertThat(ports.invoices().list(InvoiceQuery.ALL)).containsExactly(issued);
    }

    @Test
    @DisplayName("IN-4 finalising gives a draft its number")
    void finalising_gives_a_draft_its_number() {
        Invoice draft = Samples.invoice(web).build();
        add(draft);
        Invoice numbered = draft.numbered("HOSTING-000001");
        assertThat(kept(() -> ports.invoices().finalise(List.of(numbered)))).containsExactly(draft.id());
        assertThat(ports.invoices().find(draft.id())).contains(numbered);
    }

    @Test
    @DisplayName("IN-4 no other invoice is finalised")
    void no_other_invoice_is_finalised() {
        Invoice draft = Samples.invoice(web).build();
        Invoice issued = issued(draft, "HOSTING-000001");
        Invoice unknown = Samples.invoice(web).period(FEBRUARY).build();
        assertThat(kept(() -> ports.invoices().finalise(
                List.of(draft.numbered("HOSTING-000002"), unknown.numbered("HOSTING-000003"))))).isEmpty();
        assertThat(ports.invoices().list(InvoiceQuery.ALL)).containsExactly(issued);
        assertThat(ports.invoices().findByNumber("HOSTING-000002")).isEmpty();
    }

    @Test
    @DisplayName("IN-4 a regrouped draft has the number of another invoice, which the number finds")
    void a_regrouped_draft_has_the_number_of_another_invoice() {
        Invoice draft = Samples.invoice(web).build();
        Invoice other = issued(Samples.invoice(web).period(FEBRUARY).build(), "HOSTING-000001");
        add(draft);
        Invoice regrouped = draft.regroupedInto("HOSTING-000001");
        assertThat(kept(() -> ports.invoices().finalise(List.of(regrouped)))).containsExactly(draft.id());
        assertThat(ports.invoices().find(draft.id())).contains(regrouped);
        assertThat(ports.invoices().findByNumber("HOSTING-000001")).contains(other);
    }

    @Test
    @DisplayName("IN-5 a status changes from the one that was expected")
    void a_status_changes_from_the_one_that_was_expected() {
        Invoice issued = issued(Samples.invoice(web).build(), "HOSTING-000001");
        assertThat(changed(issued, InvoiceStatus.FINALISED, InvoiceStatus.UNCOLLECTIBLE)).isTrue();
        assertThat(changed(issued, InvoiceStatus.UNCOLLECTIBLE, InvoiceStatus.PAID)).isTrue();
        assertThat(ports.invoices().find(issued.id())).contains(issued.in(InvoiceStatus.PAID));
    }

    @Test
    @DisplayName("IN-5 a status does not change from another one")
    void a_status_does_not_change_from_another_one() {
        Invoice issued = issued(Samples.invoice(web).build(), "HOSTING-000001");
        assertThat(changed(issued, InvoiceStatus.UNCOLLECTIBLE, InvoiceStatus.PAID)).isFalse();
        assertThat(ports.invoices().find(issued.id())).contains(issued);
        assertThat(kept(() -> ports.invoices().changeStatus(new InvoiceId(Samples.id("unknown")), InvoiceStatus.FINALISED,
                InvoiceStatus.VOID))).isFalse();
    }

    @Test
    @DisplayName("IN-5 of concurrent changes from one status, one succeeds")
    void of_concurrent_changes_from_one_status_one_succeeds() {
        Invoice issued = issued(Samples.invoice(web).build(), "HOSTING-000001");
        List<InvoiceStatus> next = List.of(InvoiceStatus.PAID, InvoiceStatus.VOID, InvoiceStatus.UNCOLLECTIBLE);
        List<Boolean> changed = OtherThread.together(next.size(),
                i -> changed(issued, InvoiceStatus.FINALISED, next.get(i)));
        assertThat(changed).containsOnlyOnce(true);
        assertThat(ports.invoices().find(issued.id())).contains(issued.in(next.get(changed.indexOf(true))));
    }

    @Test
    @DisplayName("IN-6 a list keeps to the service, the subscription and the dates that were asked for")
    void a_list_keeps_to_what_was_asked_for() {
        Subscription chat = world.subscribed(world.sample(world.chat, "chat"));
        List<Invoice> ofWeb = Stream.of(JANUARY, FEBRUARY, MARCH)
                .map(period -> Samples.invoice(web).period(period).build()).toList();
        Invoice ofChat = Samples.invoice(chat).period(FEBRUARY).build();
        ofWeb.forEach(this::add);
        add(ofChat);
        assertThat(list(InvoiceQuery.ALL.of(world.chat.id()))).containsExactly(ofChat);
        assertThat(list(InvoiceQuery.ALL.of(web.id()))).isEqualTo(ofWeb);
        assertThat(list(InvoiceQuery.ALL.of(world.chat.id()).of(web.id()))).isEmpty();
        assertThat(list(InvoiceQuery.ALL.due(JANUARY.end(), FEBRUARY.end()).of(web.id()))).isEqualTo(ofWeb.subList(0, 2));
        assertThat(list(InvoiceQuery.ALL.due(JANUARY.end().plusNanos(1000), MARCH.end().minusNanos(1000)).of(web.id())))
                .isEqualTo(ofWeb.subList(1, 2));
    }

    @Test
    @DisplayName("IN-6 pages by due date follow each other without gap or repetition")
    void pages_by_due_date_follow_each_other() {
        List<Invoice> all = manyInvoices();
        assertPages(InvoiceQuery.ALL, all.stream().sorted(BY_DUE_DATE).toList());
    }

    @Test
    @DisplayName("IN-6 pages with the largest first follow each other without gap or repetition")
    void pages_with_the_largest_first_follow_each_other() {
        List<Invoice> all = manyInvoices();
        assertPages(InvoiceQuery.ALL.largestFirst(), all.stream().sorted(
                Comparator.comparing(Invoice::total, Comparator.reverseOrder()).thenComparing(BY_DUE_DATE)).toList());
    }

    @Test
    @DisplayName("IN-7 invoices bill a stretch as their own period, whatever their status")
    void invoices_bill_a_stretch_as_their_own_period() {
        Invoice january = Samples.invoice(web).build();
        Invoice february = Samples.invoice(web).period(FEBRUARY).build();
        add(january, february);
        assertThat(billing(stretch(web, JANUARY))).containsExactly(january);
        assertThat(billing(stretch(web, FEBRUARY), stretch(web, JANUARY))).containsExactly(january, february);
        Invoice issued = finalised(january, "HOSTING-000001");
        changed(issued, InvoiceStatus.FINALISED, InvoiceStatus.VOID);
        assertThat(billing(stretch(web, JANUARY))).containsExactly(issued.in(InvoiceStatus.VOID));
    }

    @Test
    @DisplayName("IN-7 invoices bill a stretch by an adjustment of it, and are given once")
    void invoices_bill_a_stretch_by_an_adjustment_of_it() {
        Invoice january = Samples.invoice(web).build();
        Invoice march = Samples.invoice(web).period(MARCH).lines(InvoiceSample.flat("20.00"),
                adjustment(JANUARY, "360000"), adjustment(FEBRUARY, "720000")).build();
        Invoice later = Samples.invoice(web).because(InvoiceReason.Kind.ADJUSTMENT, MARCH.end()).withoutUsage()
                .due(MARCH.end().plusSeconds(1)).lines(adjustment(JANUARY, "36000")).build();
        add(later, march, january);
        assertThat(billing(stretch(web, JANUARY))).containsExactly(january, march, later);
        assertThat(billing(stretch(web, JANUARY), stretch(web, FEBRUARY), stretch(web, MARCH)))
                .containsExactly(january, march, later);
        assertThat(billing(stretch(web, FEBRUARY))).containsExactly(march);
    }

    @Test
    @DisplayName("IN-7 an invoice bills a stretch before it is over")
    void an_invoice_bills_a_stretch_before_it_is_over() {
        Invoice interim = Samples.invoice(web).because(InvoiceReason.Kind.INTERIM, MARCH.start()).withoutUsage()
                .lines(interim(MARCH)).build();
        add(interim);
        assertThat(billing(stretch(web, MARCH))).containsExactly(interim);
        assertThat(billing(stretch(web, JANUARY))).isEmpty();
    }

    @Test
    @DisplayName("IN-9 all lines for usage are added up, and no others")
    void all_lines_for_usage_are_added_up() {
        Subscription other = world.subscribed("other");
        Invoice january = Samples.invoice(web).lines(InvoiceSample.flat("20.00"), adjustment(JANUARY, "360000")).build();
        Invoice march = Samples.invoice(web).because(InvoiceReason.Kind.INTERIM, MARCH.start()).withoutUsage()
                .lines(interim(MARCH)).build();
        add(january, march, Samples.invoice(other).build());
        Money expected = january.lines().get(1).amount().plus(march.lines().get(0).amount());
        assertThat(ports.invoices().usageBilled(List.of(web.id(), other.id(), web.id()))).isEqualTo(Map.of(web.id(), expected));
        changed(finalised(january, "HOSTING-000001"), InvoiceStatus.FINALISED, InvoiceStatus.VOID);
        assertThat(ports.invoices().usageBilled(List.of(web.id()))).isEqualTo(Map.of(web.id(), expected));
        assertThat(ports.invoices().usageBilled(List.of())).isEmpty();
    }

    @Test
    @DisplayName("IN-7 an invoice for another subscription, another stretch or no usage does not bill it")
    void other_invoices_do_not_bill_it() {
        Subscription other = world.subscribed("other");
        add(Samples.invoice(other).build(), Samples.invoice(web).withoutUsage().build(),
                Samples.invoice(web).period(FEBRUARY).build());
        assertThat(billing(stretch(web, JANUARY))).isEmpty();
        assertThat(billing()).isEmpty();
    }

    @Test
    @DisplayName("IN-8 drafts are given by due date, subscription and kind, page by page")
    void drafts_are_given_page_by_page() {
        List<Invoice> ordered = manyInvoices().stream().sorted(BY_DUE_DATE).toList();
        Invoice issued = ordered.get(4);
        finalised(issued, "HOSTING-000001");
        List<Invoice> drafts = ordered.stream().filter(invoice -> invoice != issued).toList();
        for (int size : List.of(1, 2, 3, 1000)) {
            assertThat(pages(size, drafts.size(), (Optional<Invoice> last) ->
                    ports.invoices().drafts(MARCH.end(), last, size))).as("pages of " + size).isEqualTo(drafts);
        }
    }

    @Test
    @DisplayName("IN-8 drafts are due at or before the instant")
    void drafts_are_due_at_or_before_the_instant() {
        Invoice january = Samples.invoice(web).build();
        add(january, Samples.invoice(web).period(FEBRUARY).build());
        assertThat(ports.invoices().drafts(JANUARY.end(), Optional.empty(), 10)).containsExactly(january);
        assertThat(ports.invoices().drafts(JANUARY.end().minusNanos(1000), Optional.empty(), 10)).isEmpty();
    }

    @Test
    @DisplayName("IN-8 drafts continue after one that has been issued meanwhile")
    void drafts_continue_after_one_that_has_been_issued_meanwhile() {
        Invoice january = Samples.invoice(web).build();
        Invoice february = Samples.invoice(web).period(FEBRUARY).build();
        add(january, february);
        finalised(january, "HOSTING-000001");
        assertThat(ports.invoices().drafts(MARCH.end(), Optional.of(january), 10)).containsExactly(february);
    }

    @Test
    @DisplayName("IN-8 drafts are given whatever their number")
    void drafts_are_given_whatever_their_number() {
        List<Invoice> many = IntStream.range(0, 1200).mapToObj(i -> Samples.invoice(web)
                .because(InvoiceReason.Kind.SUBSCRIPTION, JANUARY.start().plusSeconds(i))
                .due(JANUARY.end().plusSeconds(i)).build()).toList();
        kept(() -> ports.invoices().add(many));
        assertThat(ports.invoices().drafts(MARCH.end(), Optional.empty(), many.size())).isEqualTo(many);
    }

    @Test
    @DisplayName("IN-10 a claimed invoice is claimed by nobody else, and then as it is")
    void a_claimed_invoice_is_claimed_by_nobody_else() {
        Invoice issued = issued(Samples.invoice(web).build(), "HOSTING-000001");
        OtherThread<Optional<Invoice>> other = kept(() -> {
            assertThat(ports.invoices().claim(issued.id())).contains(issued);
            var waiting = OtherThread.doing(() -> kept(() -> ports.invoices().claim(issued.id())));
            assertThat(waiting.answerMeanwhile()).isEmpty();
            ports.invoices().changeStatus(issued.id(), InvoiceStatus.FINALISED, InvoiceStatus.PAID);
            return waiting;
        });
        assertThat(other.answer()).contains(issued.in(InvoiceStatus.PAID));
        assertThat(kept(() -> ports.invoices().claim(new InvoiceId(Samples.id("unknown"))))).isEmpty();
    }

    @Test
    @DisplayName("IN-11 the due drafts of some customers come in order, and no others")
    void the_due_drafts_of_some_customers_come_in_order() {
        List<Invoice> ofZoe = manyInvoices().stream().sorted(BY_DUE_DATE).toList();
        finalised(ofZoe.get(3), "HOSTING-000001");
        List<Invoice> drafts = ofZoe.stream().filter(invoice -> invoice != ofZoe.get(3)).toList();
        assertThat(ports.invoices().draftsOf(List.of(world.zoe.id()), MARCH.end())).isEqualTo(drafts);
        assertThat(ports.invoices().draftsOf(List.of(world.zoe.id()), JANUARY.end()))
                .isEqualTo(drafts.stream().filter(draft -> !draft.due().isAfter(JANUARY.end())).toList());
        assertThat(ports.invoices().draftsOf(List.of(Samples.customer("Max").id()), MARCH.end())).isEmpty();
    }

    /** Lines of every kind and charge model, a share that does not end, and taxes of several components. */
    private Invoice richInvoice() {
        Plan plan = Samples.richPlan("rich");
        keep(() -> ports.plans().add(plan));
        PlanVersion version = plan.versions().get(0);
        Explanation flat = PlanPrices.flat(plan, version, JANUARY, new Proration(10, 31, "day"));
        Stream<InvoiceLine> usage = version.charges().stream()
                .map(charge -> RatePeriod.rate(plan, version, charge, richUsage()))
                .map(why -> InvoiceLine.of(InvoiceLine.Kind.USAGE, "Größe «" + why.model() + "» 🚀", why,
                        RoundingMode.HALF_UP));
        Stream<InvoiceLine> others = Stream.of(
                InvoiceLine.of(InvoiceLine.Kind.FLAT, "Überplan", flat, RoundingMode.HALF_EVEN),
                adjustment(FEBRUARY, "25200"));
        InvoiceLine[] lines = Stream.concat(others, usage).filter(line -> !line.amount().isZero())
                .toArray(InvoiceLine[]::new);
        return Samples.invoice(web).lines(lines).taxes(taxes(lines)).settled(
                List.of(discount("coupon", "Söldi", "1.23", lines.length), discount("other", "B", "0.01", lines.length)),
                List.of(new Credit(Credit.Kind.CREDIT_NOTE, Samples.id("note"), Money.of(Samples.CAD, "0.02")),
                        new Credit(Credit.Kind.PREPAID, Samples.id("wallet"), Money.of(Samples.CAD, "0.03")))).build();
    }

    private static Discount discount(String coupon, String code, String amount, int lines) {
        Money whole = Money.of(Samples.CAD, amount);
        return new Discount(Samples.id(coupon), code, whole,
                MoneySplit.byWeights(whole, Collections.nCopies(lines, BigDecimal.ONE)));
    }

    private AggregatedUsage richUsage() {
        var window = new UsageWindow(web.id(), Samples.CPU, Samples.month("2026-01", Samples.TORONTO), true);
        return AggregatedUsage.of(window, Stream.of("1234567890123.123456789012", "0.000000000001", "600.5")
                .map(quantity -> Samples.usage(web, quantity).at(Instant.parse("2026-01-31T23:59:59.123456Z"))
                        .quantity(quantity).amount("12.345678").build()).toList());
    }

    private static List<TaxAmount> taxes(InvoiceLine... lines) {
        var gst = new TaxRate.Component("GST", new BigDecimal("5"));
        var qst = new TaxRate.Component("QST", new BigDecimal("9.975"));
        var quebec = new Jurisdiction("CA-QC");
        LocalDate from = LocalDate.of(2013, 1, 1);
        List<TaxRate> both = List.of(new TaxRate(quebec, "GST", List.of(gst), from, Optional.empty()),
                new TaxRate(quebec, "QST-QC", List.of(qst), from, Optional.empty()));
        return TaxOnLines.computeEach(TaxPolicy.DEFAULT, Samples.CAD, Stream.of(lines).map(line -> new TaxedLine(
                line.amount(), line.kind() == InvoiceLine.Kind.FLAT ? both.subList(0, 1) : both)).toList());
    }

    /** Many have the same due date, many the same total, and some only differ in kind. */
    private List<Invoice> manyInvoices() {
        var all = new ArrayList<Invoice>();
        for (String first : List.of("0", "7", "8", "f")) {
            String id = first + Samples.id("subscription").toString().substring(1);
            Subscription subscription = world.subscribed(world.sample("subscription " + first).id(UUID.fromString(id)));
            for (InvoiceReason.Kind kind : InvoiceReason.Kind.values()) {
                all.add(Samples.invoice(subscription).because(kind, JANUARY.start()).lines(
                        InvoiceSample.flat(first.equals("7") ? "100.00" : "20.00")).build());
            }
            all.add(Samples.invoice(subscription).period(FEBRUARY).lines(InvoiceSample.flat("9.00")).build());
        }
        all.add(Samples.invoice(web).period(MARCH).lines(
                InvoiceSample.adjustment(web, Samples.CPU, JANUARY, "0", "5.00")).build());
        Collections.shuffle(all, new Random(7));
        add(all.toArray(Invoice[]::new));
        return all;
    }

    private void assertPages(InvoiceQuery query, List<Invoice> expected) {
        for (int size : List.of(1, 2, 3, 5, 1000)) {
            assertThat(pages(size, expected.size(), (Optional<Invoice> last) ->
                    list(last.map(query::after).orElse(query).limit(size)))).as("pages of " + size).isEqualTo(expected);
        }
    }

    private InvoiceLine adjustment(BillingPeriod period, String quantity) {
        return InvoiceSample.adjustment(web, Samples.CPU, period, quantity, "0.01");
    }

    private InvoiceLine interim(BillingPeriod period) {
        InvoiceLine line = adjustment(period, "360000");
        return new InvoiceLine(InvoiceLine.Kind.INTERIM, line.description(), line.explanation(), line.rounding(),
                line.alreadyBilled(), line.amount());
    }

    private static Stretch stretch(Subscription subscription, BillingPeriod period) {
        return new Stretch(subscription.id(), period.start());
    }

    private List<Invoice> billing(Stretch... stretches) {
        return ports.invoices().billing(List.of(stretches));
    }

    private List<Invoice> list(InvoiceQuery query) {
        return ports.invoices().list(query);
    }

    @Test
    @DisplayName("IN-12 a search asks for all that it says, and gives the latest first")
    void a_search_asks_for_all_that_it_says() {
        Invoice january = Samples.invoice(web).lines(InvoiceSample.flat("20.00")).build();
        Invoice february = Samples.invoice(web).period(FEBRUARY).lines(InvoiceSample.flat("30.00")).build();
        Invoice oneOff = Samples.invoice(web).oneOff().due(MARCH.end()).lines(InvoiceSample.flat("5.00")).build();
        add(january);
        add(february);
        add(oneOff);
        Invoice paid = january.numbered("WEB-000001");
        keep(() -> ports.invoices().finalise(List.of(paid)));
        keep(() -> ports.invoices().changeStatus(paid.id(), InvoiceStatus.FINALISED, InvoiceStatus.PAID));
        InvoiceSearch every = InvoiceSearch.of(web.service());
        assertThat(found(every)).containsExactly(oneOff.id(), february.id(), january.id());
        assertThat(ports.invoices().search(every, new PageRequest(2, 2)).items()).extracting(Invoice::id)
                .containsExactly(january.id());
        assertThat(ports.invoices().search(every, PageRequest.first(1)).total()).isEqualTo(3);
        assertThat(found(every.in(Set.of(InvoiceStatus.DRAFT)))).containsExactly(oneOff.id(), february.id());
        assertThat(found(every.kinds(Set.of(InvoiceReason.Kind.ONE_OFF)))).containsExactly(oneOff.id());
        assertThat(found(every.settled(true))).containsExactly(january.id());
        assertThat(found(every.settled(false))).containsExactly(oneOff.id(), february.id());
        Invoice unpaid = february.numbered("UNPAID-1");
        keep(() -> ports.invoices().finalise(List.of(unpaid)));
        keep(() -> ports.payments().update(new InvoiceCollection(unpaid.id(), new ServiceCustomer(web.service(), web.customer()),
                InvoiceCollection.State.FAILED, 1, Optional.of(MARCH.end()), Optional.empty())));
        assertThat(found(every.failed(true))).containsExactly(february.id());
        assertThat(found(every.failed(false))).containsExactly(oneOff.id(), january.id());
        assertThat(found(every.issued(Optional.of(february.issueDate()), Optional.of(february.issueDate()))))
                .containsExactly(february.id());
        assertThat(found(every.total(Optional.of(new BigDecimal("20")), Optional.of(new BigDecimal("20.00")))))
                .containsExactly(january.id());
        assertThat(found(every.in(Currency.getInstance("USD")))).isEmpty();
        assertThat(found(every.text("web-0000"))).containsExactly(january.id());
        assertThat(found(every.text("%"))).isEmpty();
        assertThat(found(every.of(web.customer()))).hasSize(3);
        assertThat(found(every.of(new CustomerId(Samples.id("nobody"))))).isEmpty();
        assertThat(found(every.among(Set.of(february.id())))).containsExactly(february.id());
        assertThat(found(InvoiceSearch.of(new ServiceId(Samples.id("no service"))))).isEmpty();
    }

    @Test
    @DisplayName("IN-12 a search knows what is overdue by the terms of its customer")
    void a_search_knows_what_is_overdue() {
        Invoice draft = Samples.invoice(web).period(FEBRUARY).lines(InvoiceSample.flat("30.00")).build();
        add(draft);
        Invoice open = issued(Samples.invoice(web).lines(InvoiceSample.flat("20.00")).build(), "WEB-000001");
        var holder = new ServiceCustomer(web.service(), web.customer());
        InvoiceSearch every = InvoiceSearch.of(web.service());
        LocalDate after = open.issueDate().plusDays(1);
        assertThat(found(every.overdue(open.issueDate(), true))).isEmpty();
        assertThat(found(every.overdue(after, true))).containsExactly(open.id());
        assertThat(found(every.overdue(after, false))).containsExactly(draft.id());
        keep(() -> ports.billingTerms().set(holder, new Terms(Optional.empty(), Optional.of(30))));
        assertThat(found(every.overdue(after.plusDays(29), true))).isEmpty();
        assertThat(found(every.overdue(after.plusDays(30), true))).containsExactly(open.id());
        keep(() -> ports.invoices().changeStatus(open.id(), InvoiceStatus.FINALISED, InvoiceStatus.PAID));
        assertThat(found(every.overdue(after.plusDays(30), true))).isEmpty();
        assertThat(found(every.overdue(after.plusDays(30), false))).containsExactly(draft.id(), open.id());
    }

    @Test
    @DisplayName("IN-12 what is paid in part is not settled, and what credits pay is")
    void what_is_paid_in_part_is_not_settled() {
        Invoice partly = issued(Samples.invoice(web).build(), "WEB-000001");
        Invoice whole = issued(Samples.invoice(web).period(FEBRUARY).build(), "WEB-000002");
        Invoice credited = issued(Samples.invoice(web).period(MARCH).settled(List.of(),
                List.of(new Credit(Credit.Kind.PREPAID, Samples.id("wallet"), whole.total()))).build(), "WEB-000003");
        assertThat(pay(partly, InvoiceStatus.FINALISED, "19.99", InvoiceStatus.FINALISED)).isTrue();
        assertThat(pay(whole, InvoiceStatus.FINALISED, "20.00", InvoiceStatus.FINALISED)).isTrue();
        InvoiceSearch every = InvoiceSearch.of(web.service());
        assertThat(found(every.settled(false))).containsExactly(partly.id());
        assertThat(found(every.settled(true))).containsExactly(credited.id(), whole.id());
        LocalDate later = credited.issueDate().plusYears(1);
        assertThat(found(every.overdue(later, true))).containsExactly(partly.id());
    }

    @Test
    @DisplayName("IN-13 paying keeps what was paid by now and the status, and nothing else")
    void paying_keeps_what_was_paid() {
        Invoice issued = issued(richInvoice(), "HOSTING-000001");
        Invoice other = issued(Samples.invoice(web).period(MARCH).build(), "HOSTING-000002");
        assertThat(pay(issued, InvoiceStatus.FINALISED, "0.01", InvoiceStatus.FINALISED)).isTrue();
        assertThat(ports.invoices().find(issued.id())).contains(issued.paid(cad("0.01"), InvoiceStatus.FINALISED));
        assertThat(pay(issued, InvoiceStatus.FINALISED, "12345678901.23", InvoiceStatus.PAID)).isTrue();
        Invoice paid = issued.paid(cad("12345678901.23"), InvoiceStatus.PAID);
        assertThat(ports.invoices().find(issued.id())).contains(paid);
        assertThat(ports.invoices().findByNumber("HOSTING-000001")).contains(paid);
        assertThat(changed(paid, InvoiceStatus.PAID, InvoiceStatus.VOID)).isTrue();
        assertThat(ports.invoices().find(issued.id())).contains(paid.in(InvoiceStatus.VOID));
        assertThat(ports.invoices().find(other.id())).contains(other);
    }

    @Test
    @DisplayName("IN-13 what is in another status is not paid")
    void what_is_in_another_status_is_not_paid() {
        Invoice issued = issued(Samples.invoice(web).build(), "HOSTING-000001");
        assertThat(pay(issued, InvoiceStatus.UNCOLLECTIBLE, "20.00", InvoiceStatus.PAID)).isFalse();
        assertThat(ports.invoices().find(issued.id())).contains(issued);
        assertThat(pay(Samples.invoice(web).period(FEBRUARY).build(), InvoiceStatus.FINALISED, "20.00", InvoiceStatus.PAID))
                .isFalse();
    }

    @Test
    @DisplayName("IN-13 of those who pay at once from one status, one succeeds")
    void of_those_who_pay_at_once_one_succeeds() {
        Invoice issued = issued(Samples.invoice(web).build(), "HOSTING-000001");
        List<Boolean> paid = OtherThread.together(6,
                i -> pay(issued, InvoiceStatus.FINALISED, "20.0" + i, InvoiceStatus.PAID));
        assertThat(paid).containsOnlyOnce(true);
        assertThat(ports.invoices().find(issued.id()))
                .contains(issued.paid(cad("20.0" + paid.indexOf(true)), InvoiceStatus.PAID));
    }

    private boolean pay(Invoice invoice, InvoiceStatus expected, String paid, InvoiceStatus next) {
        return kept(() -> ports.invoices().pay(invoice.id(), expected, cad(paid), next));
    }

    private static Money cad(String amount) {
        return Money.of(Samples.CAD, amount);
    }

    private List<InvoiceId> found(InvoiceSearch search) {
        return ports.invoices().search(search, PageRequest.first(100)).items().stream().map(Invoice::id).toList();
    }

    private List<InvoiceId> add(Invoice... drafts) {
        return kept(() -> ports.invoices().add(List.of(drafts)));
    }

    private Invoice issued(Invoice draft, String number) {
        add(draft);
        return finalised(draft, number);
    }

    private Invoice finalised(Invoice draft, String number) {
        Invoice numbered = draft.numbered(number);
        kept(() -> ports.invoices().finalise(List.of(numbered)));
        return numbered;
    }

    private boolean changed(Invoice invoice, InvoiceStatus expected, InvoiceStatus next) {
        return kept(() -> ports.invoices().changeStatus(invoice.id(), expected, next));
    }
}
