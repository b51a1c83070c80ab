package com.nexasystems.billing.catalog;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a customer's own edition of a plan has otherwise; what is empty stays as the plan has it.
 *
 * @param name       on invoices
 * @param trialDays  see {@link PlanTerms}
 * @param flatPrice  of one whole period, in the plan's currency
 * @param commitment of one whole period, in the plan's currency
 * @param charges    in place of the plan's charges with the same code
 */
public record PlanOverride(Optional<String> name, Optional<Integer> trialDays, Optional<Money> flatPrice,
                           Optional<Money> commitment, List<Charge> charges) {

    /** Nothing otherwise: a start for the {@code with} methods. */
    public static final PlanOverride NOTHING =
            new PlanOverride(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public PlanOverride {
        charges = List.copyOf(charges);
        if (charges.stream().map(Charge::code).distinct().count() < charges.size()) {
            throw new InvalidValue("charges", "have one of the plan's twice");
        }
    }

    public PlanOverride withName(String newName) {
        return new PlanOverride(Optional.of(newName), trialDays, flatPrice, commitment, charges);
    }

    public PlanOverride withTrialDays(int days) {
        return new PlanOverride(name, Optional.of(days), flatPrice, commitment, charges);
    }

    public PlanOverride withFlatPrice(Money price) {
        return new PlanOverride(name, trialDays, Optional.of(price), commitment, charges);
    }

    public PlanOverride withCommitment(Money amount) {
        return new PlanOverride(name, trialDays, flatPrice, Optional.of(amount), charges);
    }

    public PlanOverride withCharges(Charge... newCharges) {
        return new PlanOverride(name, trialDays, flatPrice, commitment, List.of(newCharges));
    }

    /** The edition of a plan under a code of its own, with all the plan's versions. */
    Plan of(Plan plan, PlanCode code) {
        PlanTerms terms = plan.terms();
        var own = new PlanTerms(trialDays.orElse(terms.trialDays()), terms.usageMonthly(), terms.fixedChargesMonthly(),
                Optional.of(plan.code()), terms.shadow());
        return new Plan(code, name.orElse(plan.name()), plan.currency(), plan.interval(), plan.inAdvance(), plan.active(),
                own, plan.versions().stream().map(this::of).toList());
    }

    private PlanVersion of(PlanVersion version) {
        Map<String, Charge> own = charges.stream().collect(Collectors.toMap(Charge::code, Function.identity()));
        return new PlanVersion(version.number(), version.effectiveFrom(), flatPrice.orElse(version.flatPrice()),
                version.charges().stream().map(charge -> own.getOrDefault(charge.code(), charge)).toList(),
                version.fixedCharges(), commitment.or(version::commitment), version.thresholds());
    }

    void check(Plan plan) {
        PlanVersion latest = plan.latest();
        charges.stream().map(Charge::code).filter(code -> latest.charges().stream().noneMatch(c -> c.code().equals(code)))
                .findFirst().ifPresent(code -> {
                    throw new InvalidValue("charges", "plan " + plan.code() + " has no charge " + code);
                });
        Stream.of(flatPrice, commitment).flatMap(Optional::stream).filter(m -> !m.currency().equals(plan.currency()))
                .findFirst().ifPresent(money -> {
                    throw new InvalidValue("plan_overrides", "are in " + money.currency() + ", plan " + plan.code()
                            + " is in " + plan.currency());
                });
    }
}
