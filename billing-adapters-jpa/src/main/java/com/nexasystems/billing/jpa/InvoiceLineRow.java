package com.nexasystems.billing.jpa;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.charge.Priced;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.InvoiceLine;
import com.nexasystems.billing.invoicing.LineOrigin;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.quota.Overage;
import com.nexasystems.billing.rating.ChargePart;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.rating.Explanation.Counted;
import com.nexasystems.billing.rating.Explanation.PlanPrice;
import com.nexasystems.billing.subscription.SubscriptionId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A line with its explanation. The line checks itself against it when it is read, so a figure that got lost is noticed. */
@Entity
@Table(name = "invoice_line")
@IdClass(InvoiceLineRow.Key.class)
class InvoiceLineRow {

    /**
     * @param id       of the invoice, which takes a while to work out
     * @param position among the lines of the invoice
     */
    private record Placed(Invoice invoice, UUID id, int position, InvoiceLine line) {

        Explanation explanation() {
            return line.explanation();
        }
    }

    private static final Batch<Placed> BATCH = new Batch<Placed>()
            .uuid("subject_id", placed -> placed.invoice.reason().subject())
            .uuid("invoice_id", Placed::id)
            .integer("position", Placed::position)
            .text("kind", placed -> placed.line.kind().name())
            .text("description", placed -> placed.line.description())
            .text("plan_code", price(price -> price.plan().value()))
            .integer("plan_version", price(PlanPrice::version))
            .text("charge", placed -> placed.explanation().charge())
            .text("model", placed -> placed.explanation().model())
            .text("filter", placed -> placed.explanation().part().filter().orElse(null))
            .texts("group_names", placed -> placed.explanation().part().group().keySet())
            .texts("group_values", placed -> placed.explanation().part().group().values())
            .instant("period_start", placed -> placed.explanation().period().start())
            .instant("period_end", placed -> placed.explanation().period().end())
            .text("period_zone", placed -> placed.explanation().period().zone().getId())
            .text("metric_code", counted(counted -> counted.metric().value()))
            .text("aggregation", counted(counted -> counted.aggregation().code()))
            .text("unit", counted(Counted::unit))
            .bigint("records", counted(Counted::records))
            .instant("first_at", counted(counted -> counted.first().orElse(null)))
            .instant("last_at", counted(counted -> counted.last().orElse(null)))
            .text("digest", counted(Counted::digest))
            .numeric("carried", counted(Counted::carried))
            .bool("highest", counted(Counted::highest))
            .numeric("quantity", counted(Counted::quantity))
            .numeric("included", counted(counted -> counted.overage().included()))
            .numeric("overage", counted(counted -> counted.overage().overage()))
            .numeric("remaining", counted(counted -> counted.overage().remaining()))
            .numeric("units", placed -> placed.explanation().priced().units())
            .texts("step_rules", steps(Priced.Step::rule))
            .numerics("step_units", steps(Priced.Step::units))
            .numerics("step_prices", steps(Priced.Step::unitPrice))
            .numerics("step_pers", steps(Priced.Step::per))
            .text("rounding", placed -> placed.line.rounding().name())
            .numeric("already_billed", placed -> placed.line.alreadyBilled().amount())
            .numeric("amount", placed -> placed.line.amount().amount())
            .uuid("origin_id", origin(origin -> origin.subscription().value()))
            .text("origin_name", origin(LineOrigin::externalId))
            .uuid("origin_draft", origin(origin -> origin.draft().value()));

    /** What identifies a row. */
    record Key(UUID subjectId, UUID invoiceId, int position) implements Serializable { }

    @Id
    UUID subjectId;
    @Id
    UUID invoiceId;
    @Id
    int position;
    String kind;
    String description;
    String planCode;
    Integer planVersion;
    String charge;
    String model;
    String filter;
    String[] groupNames;
    String[] groupValues;
    Instant periodStart;
    Instant periodEnd;
    String periodZone;
    String metricCode;
    String aggregation;
    String unit;
    Long records;
    Instant firstAt;
    Instant lastAt;
    String digest;
    BigDecimal carried;
    Boolean highest;
    BigDecimal quantity;
    BigDecimal included;
    BigDecimal overage;
    BigDecimal remaining;
    BigDecimal units;
    String[] stepRules;
    BigDecimal[] stepUnits;
    BigDecimal[] stepPrices;
    BigDecimal[] stepPers;
    String rounding;
    BigDecimal alreadyBilled;
    BigDecimal amount;
    UUID originId;
    String originName;
    UUID originDraft;

    static void insert(Connection connection, List<Invoice> invoices) throws SQLException {
        BATCH.copy(connection, "invoice_line", invoices.stream().flatMap(InvoiceLineRow::placed).toList());
    }

    private static Stream<Placed> placed(Invoice invoice) {
        UUID id = invoice.id().value();
        return IntStream.range(0, invoice.lines().size()).mapToObj(i -> new Placed(invoice, id, i, invoice.lines().get(i)));
    }

    private static <T> Function<Placed, T> price(Function<PlanPrice, T> part) {
        return placed -> placed.explanation().plan().map(part).orElse(null);
    }

    private static <T> Function<Placed, T> origin(Function<LineOrigin, T> part) {
        return placed -> placed.line.origin().map(part).orElse(null);
    }

    private static <T> Function<Placed, T> counted(Function<Counted, T> part) {
        return placed -> placed.explanation().counted().map(part).orElse(null);
    }

    private static <T> Function<Placed, Collection<T>> steps(Function<Priced.Step, T> part) {
        return placed -> placed.explanation().priced().steps().stream().map(part).toList();
    }

    InvoiceLine toDomain(Currency currency) {
        var explanation = new Explanation(Optional.ofNullable(planCode)
                .map(plan -> new PlanPrice(new PlanCode(plan), planVersion)), charge, model,
                new ChargePart(Optional.ofNullable(filter), Texts.map(groupNames, groupValues)), currency,
                new BillingPeriod(periodStart, periodEnd, ZoneId.of(periodZone)),
                Optional.ofNullable(metricCode).map(this::counted), new Priced(units, steps()));
        return new InvoiceLine(InvoiceLine.Kind.valueOf(kind), description, explanation, RoundingMode.valueOf(rounding),
                new Money(currency, alreadyBilled), new Money(currency, amount),
                Optional.ofNullable(originId).map(this::origin));
    }

    private LineOrigin origin(UUID subscription) {
        return new LineOrigin(new SubscriptionId(subscription), originName, new InvoiceId(originDraft));
    }

    private Counted counted(String metric) {
        return new Counted(new MetricCode(metric), Aggregation.valueOf(aggregation.toUpperCase(Locale.ROOT)), unit, records,
                Optional.ofNullable(firstAt), Optional.ofNullable(lastAt), digest, carried, highest, quantity,
                new Overage(included, overage, remaining));
    }

    private List<Priced.Step> steps() {
        return IntStream.range(0, stepRules.length)
                .mapToObj(i -> new Priced.Step(stepRules[i], stepUnits[i], stepPrices[i], stepPers[i])).toList();
    }
}
