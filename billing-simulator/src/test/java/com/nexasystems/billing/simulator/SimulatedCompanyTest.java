package com.nexasystems.billing.simulator;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.memory.MemorySourceApplication;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceItem;
import com.nexasystems.billing.shadow.SourceRow;
import com.nexasystems.billing.simulator.BillerRules.AnchorRule;
import com.nexasystems.billing.simulator.BillerRules.RoundingLevel;
import com.nexasystems.billing.simulator.BillerRules.TaxRule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedCompanyTest {

    private static final CompanySpec SMALL = CompanySpec.of(7).withSize(40, 150).withHoursPerRecord(6);

    @Test
    void the_same_seed_makes_the_same_company() throws Exception {
        assertThat(digest(SimulatedCompany.of(SMALL))).isEqualTo(digest(SimulatedCompany.of(SMALL)));
        assertThat(digest(SimulatedCompany.of(SMALL)))
                .isNotEqualTo(digest(SimulatedCompany.of(CompanySpec.of(8).withSize(40, 150).withHoursPerRecord(6))));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void items_add_up_to_the_subtotal(long seed) {
        for (SourceInvoice invoice : invoices(SimulatedCompany.of(CompanySpec.of(seed).withSize(40, 120)
                .withHoursPerRecord(24)).source())) {
            BigDecimal items = invoice.items().stream().map(SourceItem::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(invoice.subtotal()).isEqualByComparingTo(items).hasScaleOf(2);
        }
    }

    @ParameterizedTest(name = "of {0}, usage {1} off")
    @CsvSource({"UTC,PT0H", "UTC,PT-1H", "America/Toronto,PT0H", "America/Vancouver,PT24H", "Europe/Paris,PT1H",
            "Asia/Kolkata,PT-24H"})
    void a_company_without_deviations_bills_as_its_tables_say(ZoneId zone, Duration shift) {
        SimulatedCompany company = SimulatedCompany.of(CompanySpec.of(4).withSize(30, 100).withItemsInUtc(false)
                .withRules(BillerRules.plain().withZone(zone).withUsageShift(shift)).withoutDeviations());
        PlainReader reader = new PlainReader(company.source(), zone, shift);

        assertThat(company.planted()).isEmpty();
        assertThat(reader.periods()).hasSizeGreaterThan(150);
        assertThat(reader.periods()).allSatisfy(period ->
                assertThat(reader.actual(period)).isEqualByComparingTo(reader.right(period)));
    }

    @Test
    void anniversaries_are_billed_as_the_tables_say_months_and_years() {
        ZoneId zone = ZoneId.of("America/Vancouver");
        SimulatedCompany company = SimulatedCompany.of(CompanySpec.of(2).withSize(60, 300).withHoursPerRecord(6)
                .withItemsInUtc(false).withoutDeviations()
                .withRules(BillerRules.plain().withZone(zone).withAnchor(AnchorRule.ANNIVERSARY)));
        PlainReader reader = new PlainReader(company.source(), zone, Duration.ZERO);

        assertThat(reader.periods()).extracting(period -> period.start().getDayOfMonth()).contains(2, 15, 30, 31);
        assertThat(reader.periods()).extracting(period -> period.start().getYear()).contains(2025, 2026);
        assertThat(reader.periods()).allSatisfy(period ->
                assertThat(reader.actual(period)).isEqualByComparingTo(reader.rightOfWhole(period)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void each_planted_amount_is_the_difference_it_made(long seed) {
        ZoneId zone = ZoneId.of("America/Toronto");
        SimulatedCompany company = SimulatedCompany.of(CompanySpec.of(seed).withSize(60, 300).withHoursPerRecord(6)
                .withItemsInUtc(false).withRules(BillerRules.plain().withZone(zone)));
        PlainReader reader = new PlainReader(company.source(), zone, Duration.ZERO);
        Set<Deviation> apart = EnumSet.of(Deviation.ONE_OFF_UNLINKED, Deviation.BAD_ROW);

        List<Planted> ofPeriods = company.planted().stream().filter(one -> !apart.contains(one.deviation())).toList();

        assertThat(ofPeriods).allSatisfy(one -> {
            var period = new PlainReader.Period(one.subscriptionId(), one.periodStart());
            assertThat(reader.actual(period).subtract(reader.right(period))).isEqualByComparingTo(one.amount());
        });
        Set<PlainReader.Period> deviating = ofPeriods.stream()
                .map(one -> new PlainReader.Period(one.subscriptionId(), one.periodStart())).collect(toSet());
        assertThat(deviating).hasSameSizeAs(ofPeriods);
        assertThat(reader.periods()).filteredOn(period -> !deviating.contains(period)).allSatisfy(period ->
                assertThat(reader.actual(period)).isEqualByComparingTo(reader.right(period)));
    }

    @Test
    void every_deviation_is_planted_and_some_of_it_costs() {
        SimulatedCompany company = SimulatedCompany.of(SMALL.withRules(BillerRules.plain()));
        var byDeviation = company.planted().stream().collect(groupingBy(Planted::deviation));

        assertThat(byDeviation.keySet()).containsExactlyInAnyOrder(Deviation.values());
        Set<Deviation> free = EnumSet.of(Deviation.VOID_INVOICE, Deviation.ZERO_INVOICE, Deviation.CURRENCY_SLIP,
                Deviation.DUPLICATED_USAGE_IGNORED, Deviation.BAD_ROW);
        byDeviation.forEach((deviation, planted) -> assertThat(planted).allSatisfy(one ->
                assertThat(one.amount().signum() == 0).as("%s", one).isEqualTo(free.contains(deviation))));
    }

    @Test
    void unlinked_invoices_are_told_with_their_subtotals_and_make_their_share_of_revenue() {
        SimulatedCompany company = SimulatedCompany.of(SMALL.withOneOffPerMille(700));
        List<SourceInvoice> invoices = invoices(company.source());

        BigDecimal unlinked = sum(invoices.stream().filter(one -> one.subscriptionId().isEmpty()).toList());
        BigDecimal all = sum(invoices.stream().filter(one -> !one.status().equals("void")).toList());

        assertThat(company.planted().stream().filter(one -> one.deviation() == Deviation.ONE_OFF_UNLINKED)
                .map(Planted::amount).reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo(unlinked);
        assertThat(unlinked.divide(all, 2, RoundingMode.HALF_UP)).isBetween(new BigDecimal("0.68"), new BigDecimal("0.72"));
    }

    @Test
    void usage_exceeds_the_quota_often_and_makes_half_cents_often() {
        List<SourceInvoice> linked = invoices(SimulatedCompany.of(SMALL.withoutDeviations().withRules(BillerRules.plain()))
                .source());
        List<SourceItem> overage = linked.stream().filter(invoice -> invoice.items().size() == 2)
                .flatMap(invoice -> invoice.items().stream())
                .filter(item -> item.unitPrice().orElseThrow().compareTo(Biller.CPU_RATE) == 0).toList();
        long halfCents = overage.stream().map(item -> item.quantity().orElseThrow().multiply(Biller.CPU_RATE))
                .filter(exact -> exact.movePointRight(2).remainder(BigDecimal.ONE).compareTo(new BigDecimal("0.5")) == 0)
                .count();

        assertThat(overage).hasSizeGreaterThan(linked.size() / 2);
        assertThat(halfCents).isGreaterThan(overage.size() / 5);
    }

    @Test
    void bounds_of_items_are_midnights_of_the_biller_or_of_utc() {
        BillerRules toronto = BillerRules.plain().withZone(ZoneId.of("America/Toronto"));
        CompanySpec spec = SMALL.withRules(toronto);

        assertThat(endHours(spec.withItemsInUtc(true))).containsExactly(0);
        assertThat(endHours(spec.withItemsInUtc(false))).containsExactly(4);
    }

    @ParameterizedTest
    @EnumSource
    void months_that_are_billed_lie_within_the_simulated_ones(AnchorRule anchor) {
        SimulatedCompany company = SimulatedCompany.of(SMALL.withRules(BillerRules.plain().withAnchor(anchor)));
        Instant from = company.firstCycleStart().atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant to = company.lastCycleEnd().atStartOfDay(ZoneOffset.UTC).toInstant();

        assertThat(company.source().subscriptions()).map(row -> row.value().orElseThrow())
                .filteredOn(one -> one.billingCycle().equals("monthly") && one.firstBilled().isPresent())
                .hasSizeGreaterThan(100)
                .allMatch(one -> !one.firstBilled().orElseThrow().isBefore(from))
                .allMatch(one -> !one.lastBilled().orElseThrow().isAfter(to));
    }

    @Test
    void only_usage_that_was_doubled_is_there_twice() {
        SimulatedCompany company = SimulatedCompany.of(SMALL);
        Set<String> doubled = company.planted().stream()
                .filter(one -> one.deviation().name().startsWith("DUPLICATED_USAGE"))
                .map(Planted::subscriptionId).collect(toSet());

        assertThat(company.source().usage().stream().flatMap(row -> row.value().stream())
                .collect(groupingBy(row -> List.of(row.subscriptionId(), row.start(), row.end(), row.cpuHours())))
                .values().stream().filter(rows -> rows.size() > 1).map(rows -> rows.get(0).subscriptionId()).collect(toSet()))
                .isNotEmpty().isEqualTo(doubled);
    }

    @Test
    void what_cannot_befall_a_company_does_not() {
        SimulatedCompany company = SimulatedCompany.of(SMALL.withRules(BillerRules.plain().withTax(TaxRule.INCLUDED)
                .withAnchor(AnchorRule.ANNIVERSARY).withRounding(RoundingLevel.TOTAL, RoundingMode.HALF_EVEN)));

        assertThat(company.planted()).extracting(Planted::deviation)
                .doesNotContain(Deviation.TAX_INCLUDED, Deviation.PRORATION_OTHER);
    }

    @Test
    void rows_that_cannot_be_read_are_told_as_such() {
        MemorySourceApplication source = SimulatedCompany.of(SMALL).source();

        assertThat(source.usage()).extracting(SourceRow::problem).contains(Optional.of("cpu_hours is NaN"));
        assertThat(source.plans()).extracting(SourceRow::problem).contains(Optional.of("price_monthly is NaN"));
    }

    @Test
    void customers_without_means_of_payment_are_as_many_as_asked_for() {
        assertThat(SimulatedCompany.of(SMALL.withoutPaymentMethod(3)).source().users())
                .filteredOn(row -> row.value().orElseThrow().stripeCustomerId().isEmpty()).hasSize(3);
    }

    @Test
    void usage_is_drawn_from_a_trace(@TempDir Path folder) throws Exception {
        Path trace = Files.write(folder.resolve("trace.csv.gz"), Gzip.of("customer,deployment,hour_start,cpu_seconds\n"
                + "a,b c,2011-03-03T05:00:00Z,1800\na,b c,2011-03-06T05:00:00Z,900\n"));

        var usage = SimulatedCompany.of(CompanySpec.of(1).withSize(1, 1).withMonths(1, SMALL.end())
                .withRules(BillerRules.plain()).withoutDeviations().withUsage(trace)).source().usage();

        assertThat(usage).allMatch(row -> row.value().orElseThrow().start().toString().endsWith("T05:00:00Z"));
        assertThat(usage).hasSizeGreaterThan(25);
    }

    @Test
    void a_trace_of_another_kind_is_refused(@TempDir Path folder) throws Exception {
        Path trace = Files.write(folder.resolve("trace.csv.gz"), Gzip.of("x\n1,2\n"));

        assertThatThrownBy(() -> SimulatedCompany.of(SMALL.withUsage(trace))).hasMessageContaining("1,2");
    }

    private static Set<Integer> endHours(CompanySpec spec) {
        return invoices(SimulatedCompany.of(spec).source()).stream().flatMap(invoice -> invoice.items().stream())
                .flatMap(item -> item.end().stream()).map(end -> end.atZone(ZoneId.of("UTC")).getHour()).collect(toSet());
    }

    private static List<SourceInvoice> invoices(MemorySourceApplication source) {
        return source.invoices().stream().flatMap(row -> row.value().stream()).toList();
    }

    private static BigDecimal sum(List<SourceInvoice> invoices) {
        return invoices.stream().map(SourceInvoice::subtotal).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String digest(SimulatedCompany company) throws Exception {
        MemorySourceApplication source = company.source();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        List<Object> rows = new ArrayList<>(List.of(company.rules(), company.planted()));
        rows.addAll(source.plans());
        rows.addAll(source.users());
        rows.addAll(source.subscriptions());
        rows.addAll(source.usage());
        rows.addAll(source.invoices());
        rows.forEach(row -> digest.update(row.toString().getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }
}
