package com.nexasystems.billing.simulator;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.reconciliation.BillerRules.QuotaRule;
import com.nexasystems.billing.reconciliation.BillerRules.Rounding;
import com.nexasystems.billing.reconciliation.Cause.Kind;
import com.nexasystems.billing.reconciliation.Inference;
import com.nexasystems.billing.reconciliation.Reconcile;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import com.nexasystems.billing.reconciliation.RowQuery;
import com.nexasystems.billing.shadow.ImportOptions;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A simulated company, imported and compared, beside what was planted in it. */
final class Trial {

    private static final int ALL = 1_000_000;
    private static final Set<Deviation> SEEN_IN_ROWS = EnumSet.complementOf(EnumSet.of(Deviation.ONE_OFF_UNLINKED,
            Deviation.BAD_ROW));

    private final SimulatedCompany company;
    private final Inference inference;
    private final List<ReconciledRow> rows;
    private final Map<String, Planted> planted;

    private Trial(SimulatedCompany company, Inference inference, List<ReconciledRow> rows) {
        this.company = company;
        this.inference = inference;
        this.rows = rows;
        this.planted = company.planted().stream().filter(one -> SEEN_IN_ROWS.contains(one.deviation()))
                .collect(Collectors.toMap(one -> one.subscriptionId() + one.periodStart(), Function.identity()));
    }

    /** By the rules that were inferred. */
    static Trial of(CompanySpec spec) {
        var company = SimulatedCompany.of(spec);
        var billing = Billing.inMemory(Clock.fixed(company.lastCycleEnd().plusDays(4).atStartOfDay(ZoneOffset.UTC).toInstant(),
                ZoneOffset.UTC));
        Service service = billing.register("hosting", "Hosting");
        billing.importShadow().run(service, company.source(), ImportOptions.DEFAULT.withInactive(), done -> { },
                problem -> { });
        Inference inference = billing.inferRules().infer(service.id(), done -> { });
        billing.adoptRules().adopt(service.id(), inference.best(), Actor.person("Eve"));
        billing.reconcile().run(Reconcile.Request.of(service.id()), done -> { });
        return new Trial(company, inference, billing.ports().reconciliations().list(RowQuery.of(service.id()),
                Optional.empty(), ALL));
    }

    Inference inference() {
        return inference;
    }

    List<ReconciledRow> rows() {
        return rows;
    }

    SimulatedCompany company() {
        return company;
    }

    /** Whether the rules that were planted are the ones found, or explain every sampled charge just as well. */
    boolean isInferred() {
        return inference.decided() && isPlanted(inference.best())
                || inference.decided() && inference.undecided().stream().anyMatch(this::isNearlyPlanted);
    }

    private boolean isPlanted(com.nexasystems.billing.reconciliation.BillerRules found) {
        return isNearlyPlanted(found) && found.mode() == company.rules().mode();
    }

    /** Level, and proration under anniversaries, leave no trace in many companies: see {@link BillerRules}. */
    private boolean isNearlyPlanted(com.nexasystems.billing.reconciliation.BillerRules found) {
        BillerRules rules = company.rules();
        boolean anniversary = rules.anchor() == BillerRules.AnchorRule.ANNIVERSARY;
        return found.rounding() != Rounding.NONE
                && (found.tax() == com.nexasystems.billing.reconciliation.BillerRules.TaxRule.EXCLUDED)
                == (rules.tax() == BillerRules.TaxRule.EXCLUDED)
                && (anniversary || found.proration().name().equals(rules.proration().name()))
                && found.quota() == quota(rules) && found.zone().equals(rules.zone())
                && found.shift().equals(rules.usageShift());
    }

    private static QuotaRule quota(BillerRules rules) {
        return switch (rules.quota()) {
            case EXACT -> QuotaRule.BEYOND;
            case OFF_BY_ONE_HOUR -> QuotaRule.AN_HOUR_EARLY;
            case WHOLE_ONCE_EXCEEDED -> QuotaRule.ALL_ONCE_EXCEEDED;
        };
    }

    List<ReconciledRow> deltas() {
        return rows.stream().filter(row -> row.status() == Status.DELTA).toList();
    }

    private Optional<Planted> planted(ReconciledRow row) {
        // A part of a period begins on another day where the biller's zone has another date then.
        return List.of(0, 1, -1).stream().map(days -> row.subscription() + row.start().plusDays(days))
                .flatMap(key -> Optional.ofNullable(planted.get(key)).stream()).findFirst();
    }

    boolean isRightlyAttributed(ReconciledRow row) {
        List<Kind> causes = row.causes().stream().map(cause -> cause.kind()).filter(kind -> kind != Kind.ROUNDING).toList();
        return planted(row).map(one -> causes.equals(List.of(cause(one.deviation())))).orElse(false)
                && row.unexplained().signum() == 0;
    }

    String told(ReconciledRow row) {
        return company.spec().seed() + ": " + planted(row).map(Planted::toString).orElse("nothing planted") + " -> " + row;
    }

    private static Kind cause(Deviation deviation) {
        return switch (deviation) {
            case PRICE_CHANGE_MID_MONTH, OLD_PRICE, OTHER_PLAN_PRICE -> Kind.OTHER_PRICE;
            case ONE_OFF_ON_INVOICE, ONE_OFF_UNLINKED -> Kind.ONE_OFF_ITEM;
            case DUPLICATED_USAGE_BILLED, DUPLICATED_USAGE_IGNORED -> Kind.USAGE_COUNTED_TWICE;
            case MISSING_HOURS_IN_RECORDS, MISSING_HOURS_IN_BILL -> Kind.MISSING_USAGE;
            case TAX_INCLUDED -> Kind.TAX_INCLUDED;
            case CURRENCY_SLIP -> Kind.CURRENCY;
            case NOT_BILLED, ZERO_INVOICE, VOID_INVOICE, BAD_ROW -> Kind.NOT_BILLED;
            case BILLED_TWICE -> Kind.BILLED_TWICE;
            case PRORATION_OTHER -> Kind.PRORATION;
        };
    }

    /** Planted differences that were called a match. */
    List<Planted> overlooked() {
        Set<String> matched = rows.stream().filter(row -> row.status() == Status.MATCH)
                .map(row -> row.subscription() + row.start()).collect(Collectors.toSet());
        var overlooked = new ArrayList<Planted>();
        planted.forEach((key, one) -> {
            if (matched.contains(key) && one.amount().abs().compareTo(new BigDecimal("0.02")) > 0) {
                overlooked.add(one);
            }
        });
        return overlooked;
    }

}
