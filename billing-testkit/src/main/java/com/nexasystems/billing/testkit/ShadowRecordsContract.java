package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.shadow.ImportReport;
import com.nexasystems.billing.shadow.ImportReport.Kind;
import com.nexasystems.billing.shadow.ImportReport.Outcome;
import com.nexasystems.billing.shadow.ImportReport.Problem;
import com.nexasystems.billing.shadow.ImportReport.Tally;
import com.nexasystems.billing.shadow.ImportRun;
import com.nexasystems.billing.shadow.ShadowRecords.Made;
import com.nexasystems.billing.shadow.ShadowRecords.Put;
import com.nexasystems.billing.shadow.ShadowSubscription;
import com.nexasystems.billing.shadow.ShadowTerms;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceItem;
import com.nexasystems.billing.shadow.UsageTwin;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.shadow.ShadowRecords}, but for
 * pruning, which {@link ShadowPruningContract} has.
 */
public abstract class ShadowRecordsContract extends PortContract {

    private static final Service HOSTING = Samples.service("hosting");
    private static final Service CHAT = Samples.service("chat");
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789012Z");
    private static final String ODD = "Straße 7 \"ü\", {NULL} \\ 🚀";

    protected ShadowRecordsContract() {
    }

    @BeforeEach
    final void addServices() {
        keep(() -> {
            ports.services().add(HOSTING);
            ports.services().add(CHAT);
        });
    }

    @Test
    @DisplayName("SH-1 what was marked is found by kind and key, however often it was marked")
    void what_was_marked_is_found() {
        mark(HOSTING, Made.PLAN, "a", ODD);
        mark(HOSTING, Made.PLAN, "a", "b", "b");
        mark(HOSTING, Made.METRIC);
        assertThat(marked(HOSTING, Made.PLAN, "a", ODD, "b", "A", "c")).containsExactlyInAnyOrder("a", "b", ODD);
        assertThat(marked(HOSTING, Made.PLAN)).isEmpty();
    }

    @Test
    @DisplayName("SH-1 what was marked as one kind is not marked as another")
    void what_was_marked_as_one_kind_is_not_marked_as_another() {
        Arrays.stream(Made.values()).forEach(kind -> mark(HOSTING, kind, kind.name()));
        String[] all = Arrays.stream(Made.values()).map(Made::name).toArray(String[]::new);
        assertThat(Made.values()).allSatisfy(kind -> assertThat(marked(HOSTING, kind, all)).containsExactly(kind.name()));
    }

    @Test
    @DisplayName("SH-2 all pages together have every subscription once, by external id")
    void all_pages_have_every_subscription_once() {
        add(HOSTING, Samples.CODES_SHUFFLED.stream().map(code -> shadow(HOSTING, code)).toArray(ShadowSubscription[]::new));
        for (int size : List.of(1, 3, 10, 11)) {
            assertThat(pages(size, 10, (Optional<ShadowSubscription> after) -> ports.shadowRecords()
                    .subscriptions(HOSTING.id(), after.map(ShadowSubscription::externalId), size)))
                    .containsExactlyElementsOf(Samples.CODES_SORTED.stream().map(code -> shadow(HOSTING, code)).toList());
        }
        assertThat(ports.shadowRecords().countSubscriptions(HOSTING.id())).isEqualTo(10);
    }

    @Test
    @DisplayName("SH-2 adding one again replaces it, also within a page")
    void adding_one_again_replaces_it() {
        var now = new ShadowSubscription(new SubscriptionId(Samples.id("other")), "s", ODD, false, NOW,
                Optional.of(NOW.plusSeconds(60)), Optional.of(LocalDate.of(2026, 3, 1)));
        var last = new ShadowSubscription(now.id(), "s", "somebody", true, NOW.plusSeconds(1), Optional.empty(),
                Optional.empty());
        add(HOSTING, shadow(HOSTING, "s"));
        add(HOSTING, now);
        assertThat(subscriptions(HOSTING)).containsExactly(now);
        add(HOSTING, now, last);
        add(HOSTING);
        assertThat(subscriptions(HOSTING)).containsExactly(last);
        assertThat(ports.shadowRecords().countSubscriptions(HOSTING.id())).isEqualTo(1);
    }

    @Test
    @DisplayName("SH-3 the answer says of each invoice whether it is new, changed or as before")
    void the_answer_says_what_became_of_each() {
        SourceInvoice one = invoice("one", "s", "1");
        SourceInvoice two = invoice("two", "s", "2");
        assertThat(put(two, one)).containsExactly(Put.CREATED, Put.CREATED);
        assertThat(put(one, invoice("three", "s", "3"), invoice("two", "s", "2.5")))
                .containsExactly(Put.UNCHANGED, Put.CREATED, Put.UPDATED);
        assertThat(of(HOSTING, "s")).containsExactly(one, invoice("three", "s", "3"), invoice("two", "s", "2.5"));
        assertThat(put()).isEmpty();
    }

    @Test
    @DisplayName("SH-3 any change is one: of a field, of a line, of the lines' order, of zeros at an amount's end")
    void any_change_is_one() {
        List<SourceInvoice> versions = List.of(invoice("one", "s", "1"), invoice("one", "s", "1.0"),
                invoice("one", "t", "1.0"), with(invoice("one", "t", "1.0"), item("a", "2")),
                with(invoice("one", "t", "1.0"), item("a", "2.0")), rich("one", "t"), with(rich("one", "t"), item("a", "2")),
                new SourceInvoice("one", "", Optional.empty(), Optional.of(""), Optional.empty(), "", "", BigDecimal.ONE,
                        BigDecimal.ONE, Optional.empty(), List.of()),
                new SourceInvoice("one", "", Optional.empty(), Optional.empty(), Optional.of(""), "", "", BigDecimal.ONE,
                        BigDecimal.ONE, Optional.empty(), List.of()));
        put(invoice("one", "s", "9"));
        for (SourceInvoice version : versions) {
            assertThat(put(version)).containsExactly(Put.UPDATED);
            assertThat(put(version)).containsExactly(Put.UNCHANGED);
        }
    }

    @Test
    @DisplayName("SH-3 of several of one id the last one counts")
    void of_several_of_one_id_the_last_one_counts() {
        SourceInvoice last = invoice("one", "s", "3");
        assertThat(put(invoice("one", "s", "1"), invoice("two", "s", "2"), last))
                .containsExactly(Put.CREATED, Put.CREATED, Put.CREATED);
        assertThat(put(invoice("one", "s", "1"), last)).containsExactly(Put.UNCHANGED, Put.UNCHANGED);
        assertThat(of(HOSTING, "s")).containsExactly(last, invoice("two", "s", "2"));
    }

    @Test
    @DisplayName("SH-3 within a unit of work, too")
    void within_a_unit_of_work_too() {
        List<Put> puts = kept(() -> Stream.of(invoice("one", "s", "1"), invoice("one", "s", "2"), invoice("one", "s", "2"))
                .flatMap(invoice -> ports.shadowRecords().put(HOSTING.id(), List.of(invoice)).stream()).toList());
        assertThat(puts).containsExactly(Put.CREATED, Put.UPDATED, Put.UNCHANGED);
    }

    @Test
    @DisplayName("SH-4 an invoice is given exactly as it was, with all of its items")
    void an_invoice_is_given_exactly_as_it_was() {
        SourceInvoice rich = rich("rich", ODD);
        SourceInvoice plain = invoice("plain", ODD, "0");
        put(rich, plain);
        assertThat(of(HOSTING, ODD)).containsExactly(plain, rich);
    }

    @Test
    @DisplayName("SH-4 each subscription is given its own, by rising id, and those without are left out")
    void each_subscription_is_given_its_own() {
        List<SourceInvoice> own = Samples.CODES_SORTED.stream()
                .map(code -> with(invoice(code, "s", "1"), item("a", "1"), item("b", "2"), item("c", "3"))).toList();
        List<SourceInvoice> other = IntStream.range(1000, 1700).mapToObj(i -> rich("o" + i, "t")).toList();
        put(Samples.CODES_SHUFFLED.stream().map(code -> own.get(Samples.CODES_SORTED.indexOf(code)))
                .toArray(SourceInvoice[]::new));
        put(other.toArray(SourceInvoice[]::new));
        put(oneOff("one-off"), invoice("another", "S", "1"));
        assertThat(ports.shadowRecords().invoices(HOSTING.id(), List.of("t", "s", "u", "s")))
                .isEqualTo(Map.of("s", own, "t", other));
        assertThat(ports.shadowRecords().invoices(HOSTING.id(), List.of())).isEmpty();
    }

    @Test
    @DisplayName("SH-5 what names no shadow subscription comes by rising id, page by page")
    void what_names_no_shadow_subscription_comes_page_by_page() {
        List<SourceInvoice> unlinked = IntStream.range(0, Samples.CODES_SORTED.size()).mapToObj(i -> i % 3 == 0
                ? oneOff(Samples.CODES_SORTED.get(i)) : with(invoice(Samples.CODES_SORTED.get(i), "unknown " + i, "1"),
                item("a", "1"), item("b", "2"))).toList();
        add(HOSTING, shadow(HOSTING, "s"), shadow(HOSTING, "t"));
        put(Samples.CODES_SHUFFLED.stream().map(code -> unlinked.get(Samples.CODES_SORTED.indexOf(code)))
                .toArray(SourceInvoice[]::new));
        put(invoice("0 linked", "s", "1"), invoice("a linked", "t", "1"), invoice("z linked", "s", "1"));
        for (int size : List.of(1, 3, 10, 11)) {
            assertThat(pages(size, 10, (Optional<SourceInvoice> after) -> ports.shadowRecords()
                    .unlinked(HOSTING.id(), after.map(SourceInvoice::id), size))).containsExactlyElementsOf(unlinked);
        }
    }

    @Test
    @DisplayName("SH-5 an invoice is linked once its subscription is there")
    void an_invoice_is_linked_once_its_subscription_is_there() {
        SourceInvoice early = invoice("early", "s", "1");
        put(early);
        assertThat(unlinked(HOSTING)).containsExactly(early);
        add(HOSTING, shadow(HOSTING, "s"));
        assertThat(unlinked(HOSTING)).isEmpty();
    }

    @Test
    @DisplayName("SH-6 a twin is given once, as it was put last")
    void a_twin_is_given_once() {
        var ours = new SubscriptionId(Samples.id("ours"));
        var others = new SubscriptionId(Samples.id("others"));
        UsageTwin one = twin("one", ours, "3600");
        UsageTwin rich = new UsageTwin(ODD, ours, NOW, NOW.plusNanos(1000), new BigDecimal("0.100"));
        UsageTwin other = twin("other", others, "1");
        putTwins(HOSTING, one, rich, other);
        putTwins(HOSTING, one, one);
        putTwins(HOSTING, twin("other", others, "5"), twin("other", others, "7.50"));
        assertThat(ports.shadowRecords().twins(List.of(ours, ours))).containsExactlyInAnyOrder(one, rich);
        assertThat(ports.shadowRecords().twins(List.of(others))).containsExactly(twin("other", others, "7.50"));
        assertThat(ports.shadowRecords().twins(List.of())).isEmpty();
    }

    @Test
    @DisplayName("SH-7 the latest run is the one that was added last, exactly as it was")
    void the_latest_run_is_the_one_that_was_added_last() {
        assertThat(ports.shadowRecords().lastRun(HOSTING.id())).isEmpty();
        var empty = new ImportReport(new EnumMap<>(Kind.class), List.of());
        for (ImportRun run : List.of(run(HOSTING, "z", report()), run(HOSTING, "m", empty), run(HOSTING, "a", report()))) {
            keep(() -> ports.shadowRecords().add(run));
            assertThat(ports.shadowRecords().lastRun(HOSTING.id())).contains(run);
        }
    }

    @Test
    @DisplayName("SH-8 what is kept for one service is not there for another")
    void what_is_kept_for_one_service_is_not_there_for_another() {
        SourceInvoice invoice = invoice("one", "s", "1");
        mark(HOSTING, Made.LINK, "key");
        add(HOSTING, shadow(HOSTING, "s"));
        put(invoice, oneOff("two"));
        keep(() -> ports.shadowRecords().add(run(HOSTING, "run", report())));
        assertThat(marked(CHAT, Made.LINK, "key")).isEmpty();
        assertThat(subscriptions(CHAT)).isEmpty();
        assertThat(ports.shadowRecords().countSubscriptions(CHAT.id())).isZero();
        assertThat(of(CHAT, "s")).isEmpty();
        assertThat(unlinked(CHAT)).isEmpty();
        assertThat(ports.shadowRecords().lastRun(CHAT.id())).isEmpty();
    }

    @Test
    @DisplayName("SH-8 one id is another thing at another service")
    void one_id_is_another_thing_at_another_service() {
        SourceInvoice invoice = invoice("one", "s", "1");
        SourceInvoice same = invoice("one", "s", "2");
        put(invoice);
        assertThat(kept(() -> ports.shadowRecords().put(CHAT.id(), List.of(same)))).containsExactly(Put.CREATED);
        add(CHAT, shadow(CHAT, "s"));
        UsageTwin twin = twin("twin", shadow(HOSTING, "s").id(), "1");
        UsageTwin sameTwin = twin("twin", shadow(CHAT, "s").id(), "2");
        putTwins(HOSTING, twin);
        putTwins(CHAT, sameTwin);
        assertThat(of(HOSTING, "s")).containsExactly(invoice);
        assertThat(of(CHAT, "s")).containsExactly(same);
        assertThat(unlinked(HOSTING)).containsExactly(invoice);
        assertThat(unlinked(CHAT)).isEmpty();
        assertThat(ports.shadowRecords().twins(List.of(twin.subscription()))).containsExactly(twin);
        assertThat(ports.shadowRecords().twins(List.of(sameTwin.subscription()))).containsExactly(sameTwin);
    }

    @Test
    @DisplayName("SH-10 of a range of ids only those that are named are kept")
    void of_a_range_only_those_that_are_named_are_kept() {
        put(invoice("a", "s", "1"), invoice("b", "s", "1"), invoice("c", "s", "1"), invoice("d", "s", "1"), invoice("e", "s", "1"));
        keep(() -> ports.shadowRecords().put(CHAT.id(), List.of(invoice("b", "s", "1"))));
        assertThat(kept(() -> ports.shadowRecords().keepOnly(HOSTING.id(), Optional.of("a"), Optional.of("d"), List.of("c"))))
                .isEqualTo(2);
        assertThat(of(HOSTING, "s")).extracting(SourceInvoice::id).containsExactly("a", "c", "e");
        assertThat(kept(() -> ports.shadowRecords().keepOnly(HOSTING.id(), Optional.of("c"), Optional.empty(), List.of())))
                .isEqualTo(1);
        assertThat(kept(() -> ports.shadowRecords().keepOnly(HOSTING.id(), Optional.empty(), Optional.of("b"), List.of("a"))))
                .isZero();
        assertThat(of(HOSTING, "s")).extracting(SourceInvoice::id).containsExactly("a", "c");
        assertThat(of(CHAT, "s")).hasSize(1);
    }

    private void mark(Service service, Made kind, String... keys) {
        keep(() -> ports.shadowRecords().mark(service.id(), kind, List.of(keys)));
    }

    private Set<String> marked(Service service, Made kind, String... keys) {
        return ports.shadowRecords().marked(service.id(), kind, List.of(keys));
    }

    private void add(Service service, ShadowSubscription... subscriptions) {
        keep(() -> ports.shadowRecords().add(service.id(), List.of(subscriptions)));
    }

    private List<ShadowSubscription> subscriptions(Service service) {
        return ports.shadowRecords().subscriptions(service.id(), Optional.empty(), 100);
    }

    private List<Put> put(SourceInvoice... invoices) {
        return kept(() -> ports.shadowRecords().put(HOSTING.id(), List.of(invoices)));
    }

    private List<SourceInvoice> of(Service service, String subscription) {
        return ports.shadowRecords().invoices(service.id(), List.of(subscription)).getOrDefault(subscription, List.of());
    }

    private List<SourceInvoice> unlinked(Service service) {
        return ports.shadowRecords().unlinked(service.id(), Optional.empty(), 100);
    }

    private void putTwins(Service service, UsageTwin... twins) {
        keep(() -> ports.shadowRecords().putTwins(service.id(), List.of(twins)));
    }

    private static ShadowSubscription shadow(Service service, String externalId) {
        return new ShadowSubscription(new SubscriptionId(Samples.id(service.code() + externalId)), externalId,
                "user of " + externalId, externalId.length() % 2 == 0, NOW,
                Optional.empty(), Optional.of(LocalDate.of(2026, 2, 1)));
    }

    private static UsageTwin twin(String id, SubscriptionId subscription, String quantity) {
        return new UsageTwin(id, subscription, NOW, NOW.plusSeconds(3600), new BigDecimal(quantity));
    }

    private static SourceInvoice oneOff(String id) {
        return new SourceInvoice(id, "zoe", Optional.empty(), Optional.empty(), Optional.empty(), "cad", "paid",
                BigDecimal.ONE, BigDecimal.ZERO, Optional.empty(), List.of());
    }

    private static SourceInvoice invoice(String id, String subscription, String subtotal) {
        return new SourceInvoice(id, "zoe", Optional.of(subscription), Optional.empty(), Optional.empty(), "cad", "paid",
                new BigDecimal(subtotal), BigDecimal.ZERO, Optional.empty(), List.of());
    }

    private static SourceInvoice with(SourceInvoice invoice, SourceItem... items) {
        return new SourceInvoice(invoice.id(), invoice.userId(), invoice.subscriptionId(), invoice.billedAt(),
                invoice.number(), invoice.currency(), invoice.status(), invoice.subtotal(), invoice.tax(),
                invoice.createdAt(), List.of(items));
    }

    private static SourceItem item(String id, String amount) {
        return new SourceItem(id, "", Optional.empty(), Optional.empty(), new BigDecimal(amount), Optional.empty(),
                Optional.empty());
    }

    /** Every field in use, in every way. */
    private static SourceInvoice rich(String id, String subscription) {
        return new SourceInvoice(id, ODD, Optional.of(subscription), Optional.of("in_1"), Optional.of("N-\"1\""), "CAD",
                "Bezahlt ü", new BigDecimal("12345678901234567890.123456789012345678"), new BigDecimal("-0.00100"),
                Optional.of(NOW), List.of(
                        new SourceItem("b", ODD, Optional.of(new BigDecimal("0.000")), Optional.of(new BigDecimal("1E-9")),
                                new BigDecimal("-5.10"), Optional.of(NOW), Optional.of(NOW.plusNanos(1000))),
                        new SourceItem("a", "NULL", Optional.empty(), Optional.of(new BigDecimal("100")),
                                new BigDecimal("0.00"), Optional.of(Instant.parse("1999-12-31T23:59:59.999999Z")),
                                Optional.empty()),
                        item("c", "10")));
    }

    private static ImportReport report() {
        Map<Kind, Tally> tallies = new EnumMap<>(Map.of(Kind.USAGE, new Tally(1, 2, 3, 4, 5, Long.MAX_VALUE), Kind.PLAN,
                Tally.NONE));
        return new ImportReport(tallies, IntStream.range(0, 1000).mapToObj(i -> new Problem(
                Kind.values()[i % Kind.values().length], ODD + (1000 - i), i % 2 == 0 ? Outcome.FAILED : Outcome.SKIPPED,
                "Grund \"" + i + "\"")).toList());
    }

    private static ImportRun run(Service service, String name, ImportReport report) {
        var terms = new ShadowTerms(Currency.getInstance("KWD"), new BigDecimal("0.000000000001"), Samples.TORONTO);
        return new ImportRun(Samples.id(service.code() + name), service.id(), NOW, NOW.plusNanos(1000), terms, report);
    }
}
