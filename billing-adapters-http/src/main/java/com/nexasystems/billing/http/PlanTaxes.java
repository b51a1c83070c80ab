package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.FixedCharge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.tax.ServiceTaxes;
import com.nexasystems.billing.tax.TaxTarget;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The taxes on plans, their charges and commitments. */
final class PlanTaxes {

    private final TaxCodes codes;
    private final ServiceTaxes taxes;

    PlanTaxes(Billing billing) {
        this.codes = new TaxCodes(billing);
        this.taxes = billing.ports().serviceTaxes();
    }

    /**
     * What was looked up of one plan. An edition shows the taxes of the plan it was made from where it has none of its own,
     * since those are what is charged.
     */
    record Shown(ServiceId service, Plan plan, Map<TaxTarget, List<Json>> found) {

        List<Json> ofPlan() {
            return first(TaxTarget.Kind.PLAN, "");
        }

        List<Json> of(String charge) {
            return first(TaxTarget.Kind.CHARGE, charge);
        }

        List<Json> ofCommitment() {
            return first(TaxTarget.Kind.COMMITMENT, "");
        }

        private List<Json> first(TaxTarget.Kind kind, String part) {
            return lineage(plan).map(code -> found.get(new TaxTarget(service, kind, code.value(), part)))
                    .filter(own -> own != null).findFirst().orElse(List.of());
        }
    }

    Shown shown(ServiceId service, Plan plan) {
        return new Shown(service, plan, codes.shown(lineage(plan).flatMap(code -> targets(service, code, plan)).toList()));
    }

    private static Stream<PlanCode> lineage(Plan plan) {
        return Stream.concat(Stream.of(plan.code()), plan.terms().overrides().stream());
    }

    private static Stream<TaxTarget> targets(ServiceId service, PlanCode code, Plan plan) {
        return Stream.concat(Stream.of(TaxTarget.plan(service, code.value()), TaxTarget.commitment(service, code.value())),
                charges(plan).map(charge -> TaxTarget.charge(service, code.value(), charge)));
    }

    private static Stream<String> charges(Plan plan) {
        return Stream.concat(plan.latest().charges().stream().map(Charge::code),
                plan.latest().fixedCharges().stream().map(FixedCharge::code));
    }

    /** What was sent of a plan, after it was written. Charges that are new have no taxes unless some were sent. */
    void put(ServiceId service, Plan plan, Fields sent, Set<String> knownCharges) {
        String code = plan.code().value();
        codes.put(TaxTarget.plan(service, code), sent);
        sent.object("minimum_commitment").ifPresent(commitment -> codes.put(TaxTarget.commitment(service, code), commitment));
        put(service, plan, sent.objects("charges"), plan.latest().charges().stream().map(Charge::code).toList(), knownCharges);
        put(service, plan, sent.objects("fixed_charges"), plan.latest().fixedCharges().stream().map(FixedCharge::code)
                .toList(), knownCharges);
    }

    /** Charges are kept in the order in which they were sent. */
    private void put(ServiceId service, Plan plan, List<Fields> sent, List<String> charges, Set<String> known) {
        for (int i = 0; i < sent.size(); i++) {
            putOnCharge(service, plan.code(), charges.get(i), sent.get(i), known.contains(charges.get(i)));
        }
    }

    void putOnCharge(ServiceId service, PlanCode plan, String charge, Fields sent, boolean known) {
        TaxTarget target = TaxTarget.charge(service, plan.value(), charge);
        if (!known) {
            taxes.put(target, List.of());
        }
        codes.put(target, sent);
    }

    /** A plan that was made anew has the taxes that it had before. */
    void move(ServiceId service, Plan before, Plan after) {
        if (before.code().equals(after.code())) {
            return;
        }
        taxes.on(targets(service, before.code(), before).toList()).forEach((target, own) -> taxes.put(
                new TaxTarget(service, target.kind(), after.code().value(), target.part()), own));
    }

    /** The codes of the charges that a plan has. */
    static Set<String> chargesOf(Plan plan) {
        return charges(plan).collect(Collectors.toSet());
    }

    /** What was sent for a customer's own edition, by the codes of its charges. */
    void putOnEdition(ServiceId service, PlanCode edition, Fields sent, Map<String, Fields> charges) {
        codes.put(TaxTarget.plan(service, edition.value()), sent);
        sent.object("minimum_commitment").ifPresent(commitment ->
                codes.put(TaxTarget.commitment(service, edition.value()), commitment));
        charges.forEach((code, charge) -> codes.put(TaxTarget.charge(service, edition.value(), code), charge));
    }
}
