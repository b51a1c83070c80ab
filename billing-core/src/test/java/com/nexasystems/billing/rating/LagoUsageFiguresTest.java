package com.nexasystems.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.ChargeFilter;
import com.nexasystems.billing.catalog.ChargeTerms;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PublishPlanVersion;
import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.charge.Dynamic;
import com.nexasystems.billing.charge.Graduated;
import com.nexasystems.billing.charge.GraduatedPercentage;
import com.nexasystems.billing.charge.PackageModel;
import com.nexasystems.billing.charge.Percentage;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.charge.Tier;
import com.nexasystems.billing.charge.Tiers;
import com.nexasystems.billing.charge.Volume;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.metric.QuantityRounding;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.period.ProrationPolicy.CutDay;
import com.nexasystems.billing.quantity.Unit;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.testing.TestClock;
import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A catalogue that moves here from Lago counts the same: through ports, aggregation and rating. */
class LagoUsageFiguresTest {

    private static final SubscriptionId SUBSCRIPTION = new SubscriptionId(new UUID(0, 1));
    private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");
    private static final Pattern EVENT = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)(T\\d\\d:\\d\\d)?([=+-])([^;]*)(.*)");

    private record Figure(List<String> terms, List<String> price, List<String> days, List<String> events,
                          List<String> expected) {

        static Figure of(String line) {
            List<List<String>> columns = Arrays.stream(line.split("\\|", -1))
                    .map(column -> column.isBlank() ? List.<String>of() : Arrays.asList(column.strip().split(" "))).toList();
            return new Figure(columns.get(0), columns.get(1), columns.get(2), columns.get(3), columns.get(4));
        }

        Metric metric() {
            Aggregation aggregation = Aggregation.valueOf(terms.get(0).toUpperCase(Locale.ROOT));
            var rounding = terms.stream().map(Figure::rounding).flatMap(Optional::stream).findFirst()
                    .orElse(QuantityRounding.NONE);
            return new Metric(new MetricCode("m"), "m", aggregation,
                    Optional.of("value").filter(name -> aggregation == Aggregation.UNIQUE_COUNT), new Unit("unit"), rounding,
                    terms.contains("recurring"), Map.of());
        }

        private static Optional<QuantityRounding> rounding(String term) {
            Matcher found = Pattern.compile("(half_up|ceil|floor)(-?\\d)").matcher(term);
            return found.matches() ? Optional.of(new QuantityRounding(Map.of("half_up", QuantityRounding.Mode.HALF_UP, "ceil",
                    QuantityRounding.Mode.UP, "floor", QuantityRounding.Mode.DOWN).get(found.group(1)),
                    Integer.parseInt(found.group(2)))) : Optional.empty();
        }

        Charge charge() {
            List<String> groups = terms.stream().filter(term -> term.startsWith("group:")).map(term -> term.substring(6)).toList();
            List<ChargeFilter> filters = terms.stream().filter(term -> term.startsWith("filter:"))
                    .map(term -> filter(term.split(":"))).toList();
            return Charge.of(new MetricCode("m"), Quota.NONE, model()).on(new ChargeTerms(terms.contains("in_advance"),
                    terms.contains("prorated"), BigDecimal.ZERO, groups, filters));
        }

        private static ChargeFilter filter(String... parts) {
            var values = new TreeMap<String, List<String>>();
            for (String value : parts[1].split(",")) {
                String[] pair = value.split("=");
                values.put(pair[0], pair[1].equals("*") ? List.of() : List.of(pair[1]));
            }
            return new ChargeFilter("filter", values, Quota.NONE, Standard.of(parts[2]),
                    parts.length > 3 ? List.of(parts[3]) : List.of());
        }

        private ChargeModel model() {
            String first = price.size() > 1 ? price.get(1) : "";
            return switch (price.get(0)) {
                case "standard" -> Standard.of(first);
                case "graduated" -> new Graduated(tiers(), BigDecimal.ONE);
                case "volume" -> new Volume(tiers(), BigDecimal.ONE);
                case "graduated_percentage" -> new GraduatedPercentage(tiers());
                case "package" -> PackageModel.of(first.split("/")[0], first.split("/")[1], first.split("/")[2]);
                case "percentage" -> percentage(Percentage.of(first.split("\\+")[0], first.split("\\+")[1]));
                default -> new Dynamic();
            };
        }

        private Percentage percentage(Percentage plain) {
            if (price.size() < 4) {
                return plain;
            }
            String[] limits = price.get(3).split("/");
            return price.get(2).equals("free") ? plain.free(Integer.parseInt(limits[0]), limits[1])
                    : plain.clamped(limits[0], limits[1]);
        }

        private Tiers tiers() {
            return new Tiers(price.stream().skip(1).map(tier -> tier.split(":"))
                    .map(tier -> tier[0].equals("-") ? Tier.rest(tier[1], tier[2]) : Tier.upTo(tier[0], tier[1], tier[2]))
                    .toList());
        }

        BillingPeriod period() {
            return period(days.get(0));
        }

        /** A plan that changes inside a day ends at an instant, and has that day no more. */
        private static boolean isCut(String days) {
            return days.contains("T");
        }

        CutDay endDay() {
            return isCut(days.get(0)) ? CutDay.AFTER : CutDay.BEFORE;
        }

        BillingPeriod whole() {
            return period(days.get(days.size() - 1));
        }

        private static BillingPeriod period(String days) {
            String[] ends = days.split("\\.\\.");
            if (isCut(days)) {
                return new BillingPeriod(Instant.parse(ends[0] + "T00:00:00Z"), Instant.parse(ends[1] + ":00Z"), ZoneOffset.UTC);
            }
            return BillingPeriod.ofDays(LocalDate.parse(ends[0]), LocalDate.parse(ends[1]).plusDays(1), ZoneOffset.UTC);
        }

        List<UsageRecord> records() {
            var records = new ArrayList<UsageRecord>();
            for (String event : events) {
                records.add(record(records.size(), event));
            }
            return records;
        }

        private static UsageRecord record(int number, String event) {
            Matcher parts = EVENT.matcher(event);
            assertThat(parts.matches()).as(event).isTrue();
            var start = Instant.parse(parts.group(1) + (parts.group(2) == null ? "T00:00" : parts.group(2)) + ":00Z");
            var properties = new HashMap<String, String>();
            Arrays.stream(parts.group(5).split(";")).filter(pair -> !pair.isEmpty()).map(pair -> pair.split("="))
                    .forEach(pair -> properties.put(pair[0], pair[1]));
            Optional<BigDecimal> amount = Optional.ofNullable(properties.remove("$")).map(BigDecimal::new);
            boolean isNumber = parts.group(3).equals("=");
            if (!isNumber) {
                properties.put("value", parts.group(4));
                properties.put(Metric.OPERATION, parts.group(3).equals("+") ? "add" : "remove");
            }
            return new UsageRecord(new UsageKey(SUBSCRIPTION, new MetricCode("m"), "k" + number), start, Optional.empty(),
                    isNumber ? new BigDecimal(parts.group(4)) : BigDecimal.ONE, amount, properties, "s", start);
        }

        /** What the figure says under a name, such as the units of each line; empty if it says nothing. */
        List<String> expected(String name) {
            int at = expected.indexOf(name);
            return at < 0 ? List.of() : expected.stream().skip(at + 1L)
                    .takeWhile(word -> Character.isDigit(word.charAt(0)) || word.startsWith("-")).toList();
        }
    }

    static Stream<Figure> figures() throws IOException {
        try (var reader = new BufferedReader(new InputStreamReader(
                LagoUsageFiguresTest.class.getResourceAsStream("lago-usage.txt"), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).map(Figure::of).toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("figures")
    void usage_costs_what_it_costs_with_lago(Figure figure) {
        List<Explanation> all = rated(figure, figure.records());
        check(figure, "cents", all.stream().map(line -> cents(line.exact().value())));
        check(figure, "full", counted(all, counted -> counted.quantity().toPlainString()));
        check(figure, "records", counted(all, counted -> Long.toString(counted.records())));
        check(figure, "units", all.stream().map(line -> line.priced().units().toPlainString()));
        check(figure, "totals", upToEachEvent(figure).stream().skip(1).map(line -> cents(line.exact().value())));
        check(figure, "fees", fees(upToEachEvent(figure)));
    }

    private static void check(Figure figure, String what, Stream<String> ours) {
        if (!figure.expected(what).isEmpty()) {
            assertThat(ours).as(what).containsExactlyElementsOf(figure.expected(what));
        }
    }

    private static Stream<String> counted(List<Explanation> all, Function<Explanation.Counted, String> part) {
        return all.stream().map(line -> part.apply(line.counted().orElseThrow()));
    }

    /** What each event adds, rounded by itself, as Lago bills it. */
    private static Stream<String> fees(List<Explanation> upToEach) {
        return Stream.iterate(1, i -> i < upToEach.size(), i -> i + 1)
                .map(i -> cents(new MarginalPrice(upToEach.get(i), i == 1 ? upToEach.get(0).withoutUsage() : upToEach.get(i - 1))
                        .amount().value()));
    }

    /** The charge without events, with the first one, with the first two … */
    private static List<Explanation> upToEachEvent(Figure figure) {
        List<UsageRecord> records = figure.records();
        return Stream.iterate(0, i -> i <= records.size(), i -> i + 1)
                .map(i -> rated(figure, records.subList(0, i)).get(0)).toList();
    }

    private static List<Explanation> rated(Figure figure, List<UsageRecord> records) {
        Ports ports = Ports.inMemory();
        ports.metrics().add(figure.metric());
        Plan plan = new PublishPlanVersion(ports.plans(), ports.metrics(), new TestClock(LONG_AGO), ports.unitOfWork())
                .publish(Plan.of("p", Interval.MONTHLY, false, Shop.cad("0.00"), LONG_AGO, figure.charge()));
        ports.usageRecords().add(records, false);
        return new RatePeriod(ports.usageRecords(), ports.metrics()).rate(List.of(new RatingRequest(SUBSCRIPTION, plan,
                plan.versions().get(0), figure.period(), figure.whole(), LONG_AGO, figure.endDay()))).get(0);
    }

    private static String cents(BigDecimal amount) {
        return amount.movePointRight(2).setScale(0, RoundingMode.HALF_UP).toPlainString();
    }
}
