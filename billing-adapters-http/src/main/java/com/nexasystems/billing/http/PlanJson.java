package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.FixedCharge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanTerms;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.catalog.UsageThreshold;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import java.time.Instant;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A plan, as it is priced now. */
final class PlanJson {

    private static final Map<String, Interval> INTERVALS = intervals();
    private static final int LONGEST_TRIAL = 3660;

    private final ChargeJson charges;
    private final PlanTaxes taxes;

    PlanJson(Billing billing) {
        this.charges = new ChargeJson(new Codes(billing));
        this.taxes = new PlanTaxes(billing);
    }

    private static Map<String, Interval> intervals() {
        Map<String, Interval> words = new LinkedHashMap<>();
        for (Interval interval : Interval.values()) {
            words.put(word(interval), interval);
        }
        return words;
    }

    static String word(Interval interval) {
        return interval.name().toLowerCase(Locale.ROOT);
    }

    Json of(Service service, Entry entry, Plan plan) {
        PlanVersion version = plan.latest();
        ChargeJson.Owner owner = owner(service, entry, plan);
        Json json = Json.object("lago_id", entry.id(), "name", plan.terms().overrides().isPresent() ? plan.name()
                        : entry.attribute("name").orElse(plan.name()),
                "invoice_display_name", entry.attribute("invoice_display_name").orElse(null),
                "created_at", Times.of(entry.createdAt()), "code", entry.code(), "interval", word(plan.interval()),
                "description", entry.attribute("description").orElse(null),
                "amount_cents", Cents.of(version.flatPrice()), "amount_currency", plan.currency().getCurrencyCode(),
                "trial_period", plan.terms().trialDays(), "pay_in_advance", plan.inAdvance(),
                "bill_charges_monthly", plan.terms().usageMonthly(),
                "bill_fixed_charges_monthly", plan.terms().fixedChargesMonthly(),
                "customers_count", 0, "active_subscriptions_count", 0, "draft_invoices_count", 0,
                "parent_id", plan.terms().overrides().isPresent() ? entry.id() : null, "pending_deletion", false,
                "version", version.number());
        version.commitment().ifPresent(amount -> json.with("minimum_commitment", commitment(entry, owner, amount)));
        return json.with("charges", version.charges().stream().map(charge -> charges.of(owner, charge)).toList())
                .with("fixed_charges", version.fixedCharges().stream().map(c -> ChargeJson.of(owner, c)).toList())
                .with("usage_thresholds", thresholds(entry.id(), version.thresholds()))
                .with("taxes", owner.taxes().ofPlan()).with("entitlements", List.of())
                .with("metadata", Metadata.object(entry));
    }

    ChargeJson.Owner owner(Service service, Entry entry, Plan plan) {
        return new ChargeJson.Owner(service, entry.id(), plan.currency(), taxes.shown(service.id(), plan));
    }

    private static Json commitment(Entry entry, ChargeJson.Owner owner, Money amount) {
        return Json.object("lago_id", Uuids.of(entry.id(), "commitment"), "plan_code", entry.code(),
                "invoice_display_name", entry.attribute("commitment_name").orElse(null),
                "commitment_type", "minimum_commitment", "amount_cents", Cents.of(amount),
                "interval", word(owner.taxes().plan().interval()), "created_at", Times.of(entry.createdAt()),
                "updated_at", Times.of(entry.updatedAt()), "taxes", owner.taxes().ofCommitment());
    }

    static List<Json> thresholds(UUID plan, List<UsageThreshold> thresholds) {
        return thresholds.stream().map(threshold -> Json.object("lago_id", Uuids.of(plan, "threshold " + threshold.amount()
                        + threshold.recurring()), "threshold_display_name", threshold.name(),
                "amount_cents", Cents.of(threshold.amount()), "recurring", threshold.recurring())).toList();
    }

    /** What was sent, on top of what there was. */
    record Draft(String name, Currency currency, Interval interval, boolean inAdvance, PlanTerms terms, Money flatPrice,
                 List<Charge> charges, List<FixedCharge> fixedCharges, Optional<Money> commitment,
                 List<UsageThreshold> thresholds) {

        PlanVersion version(int number, Instant from) {
            return new PlanVersion(number, from, flatPrice, charges, fixedCharges, commitment, thresholds);
        }

        /** Whether versions of the plan can say it: the rest is the same. */
        boolean differsInPricesOnly(Plan plan) {
            return currency.equals(plan.currency()) && interval == plan.interval() && inAdvance == plan.inAdvance()
                    && terms.equals(plan.terms());
        }
    }

    Draft read(Service service, UUID planId, Fields fields, Optional<Plan> before) {
        Optional<PlanVersion> known = before.map(Plan::latest);
        String name = fields.text("name").filter(text -> !text.isBlank()).or(() -> before.map(Plan::name))
                .orElseGet(() -> fields.mandatory("name"));
        Optional<Interval> interval = mandatory(fields, "interval", fields.choice("interval", INTERVALS),
                before.map(Plan::interval));
        Optional<Currency> currency = mandatory(fields, "amount_currency", fields.currency("amount_currency"),
                before.map(Plan::currency));
        Optional<Boolean> inAdvance = mandatory(fields, "pay_in_advance", fields.flag("pay_in_advance"),
                before.map(Plan::inAdvance));
        Currency money = currency.orElse(Currency.getInstance("USD"));
        Optional<Money> price = mandatory(fields, "amount_cents", fields.cents("amount_cents", money),
                known.map(PlanVersion::flatPrice));
        price.filter(Money::isNegative).ifPresent(any -> fields.problem("amount_cents", "value_is_out_of_range"));
        PlanTerms terms = terms(fields, before.map(Plan::terms).orElse(PlanTerms.PLAIN));
        Optional<Money> commitment = fields.has("minimum_commitment") ? fields.object("minimum_commitment")
                .flatMap(object -> object.cents("amount_cents", money)) : known.flatMap(PlanVersion::commitment);
        List<UsageThreshold> thresholds = fields.has("usage_thresholds") ? readThresholds(fields, money)
                : known.map(PlanVersion::thresholds).orElse(List.of());
        fields.check();
        List<Charge> usage = fields.has("charges") ? charges.readAll(service, money, planId, fields.objects("charges"),
                known.map(PlanVersion::charges).orElse(List.of())) : known.map(PlanVersion::charges).orElse(List.of());
        Set<String> taken = usage.stream().map(Charge::code).collect(Collectors.toCollection(HashSet::new));
        List<FixedCharge> fixed = fields.has("fixed_charges") ? charges.readAllFixed(service, planId,
                fields.objects("fixed_charges"), known.map(PlanVersion::fixedCharges).orElse(List.of()), taken)
                : known.map(PlanVersion::fixedCharges).orElse(List.of());
        fields.check();
        return new Draft(name, money, interval.orElseThrow(), inAdvance.orElseThrow(), terms, price.orElseThrow(), usage,
                fixed, commitment, thresholds);
    }

    private static <T> Optional<T> mandatory(Fields fields, String name, Optional<T> sent, Optional<T> before) {
        Optional<T> value = sent.or(() -> before);
        if (value.isEmpty() && !fields.hasProblem(name)) {
            fields.problem(name, "value_is_mandatory");
        }
        return value;
    }

    private static PlanTerms terms(Fields fields, PlanTerms before) {
        int trial = fields.integer("trial_period", 0, LONGEST_TRIAL).map(Long::intValue).orElse(before.trialDays());
        return new PlanTerms(trial, fields.flag("bill_charges_monthly").orElse(before.usageMonthly()),
                fields.flag("bill_fixed_charges_monthly").orElse(before.fixedChargesMonthly()), before.overrides(),
                before.shadow());
    }

    static List<UsageThreshold> readThresholds(Fields fields, Currency currency) {
        List<UsageThreshold> thresholds = fields.objects("usage_thresholds").stream().flatMap(threshold -> {
            Optional<Money> amount = threshold.cents("amount_cents", currency);
            if (amount.isEmpty()) {
                threshold.problem("amount_cents", "value_is_mandatory");
            }
            return amount.stream().map(money -> new UsageThreshold(threshold.text("threshold_display_name")
                    .filter(text -> !text.isBlank()).orElse("Usage threshold"), money,
                    threshold.flag("recurring").orElse(false)));
        }).toList();
        fields.check();
        return thresholds;
    }
}
