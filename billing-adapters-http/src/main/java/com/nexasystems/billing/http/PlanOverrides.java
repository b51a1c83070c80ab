package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanOverride;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.money.Money;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code plan_overrides}: a customer's own edition of a plan. */
final class PlanOverrides {

    private final Billing billing;
    private final Codes codes;
    private final ChargeJson charges;
    private final PlanTaxes taxes;

    PlanOverrides(Billing billing) {
        this.billing = billing;
        this.codes = new Codes(billing);
        this.charges = new ChargeJson(codes);
        this.taxes = new PlanTaxes(billing);
    }

    /** The plan to subscribe to: the listed one, or a new edition of it for this subscription. */
    PlanCode planFor(Service service, Entry listed, String externalId, Optional<Fields> overrides) {
        Plan plan = codes.planOf(listed);
        if (overrides.isEmpty() || overrides.get().names().isEmpty()) {
            return plan.code();
        }
        PlanOverride changes = read(service, listed, plan, overrides.get());
        PlanCode edition = billing.overrides().override(plan.code(), externalId, changes).code();
        List<Fields> sent = overrides.get().objects("charges");
        Map<String, Fields> byCode = new LinkedHashMap<>();
        for (int i = 0; i < sent.size(); i++) {
            byCode.put(changes.charges().get(i).code(), sent.get(i));
        }
        taxes.putOnEdition(service.id(), edition, overrides.get(), byCode);
        return edition;
    }

    private PlanOverride read(Service service, Entry listed, Plan plan, Fields fields) {
        fields.currency("amount_currency").filter(currency -> !currency.equals(plan.currency())).ifPresent(currency ->
                fields.problem("amount_currency", "currencies_does_not_match"));
        if (fields.has("usage_thresholds")) {
            fields.problem("usage_thresholds", "value_is_invalid", "are those of the plan");
        }
        if (!fields.objects("fixed_charges").isEmpty()) {
            fields.problem("fixed_charges", "value_is_invalid", "are those of the plan");
        }
        Optional<Money> price = fields.cents("amount_cents", plan.currency());
        price.filter(Money::isNegative).ifPresent(any -> fields.problem("amount_cents", "value_is_out_of_range"));
        Optional<Money> commitment = fields.object("minimum_commitment")
                .flatMap(object -> object.cents("amount_cents", plan.currency()));
        Optional<Integer> trial = fields.integer("trial_period", 0, 3660).map(Long::intValue);
        Optional<String> name = fields.text("name").filter(text -> !text.isBlank());
        List<Charge> own = new ArrayList<>();
        fields.objects("charges").forEach(charge -> own.add(charge(service, listed, plan, charge)));
        fields.check();
        return new PlanOverride(name, trial, price, commitment, own);
    }

    private Charge charge(Service service, Entry listed, Plan plan, Fields fields) {
        Optional<String> id = fields.text("id").or(() -> fields.text("lago_id"));
        Charge before = plan.latest().charges().stream()
                .filter(charge -> id.map(ChargeJson.id(listed.id(), charge.code()).toString()::equals)
                        .orElseGet(() -> fields.text("code").filter(charge.code()::equals).isPresent()
                                || fields.text("billable_metric_code")
                                .filter(codes.ofMetric(service, charge.metric())::equals).isPresent()))
                .findFirst().orElseThrow(() -> ApiError.notFound("charge"));
        return charges.read(service, plan.currency(), fields, Optional.of(before), Set.of());
    }
}
