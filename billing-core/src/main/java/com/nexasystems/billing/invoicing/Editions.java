package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.rating.Explanation.PlanPrice;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Customers' own editions of plans: what is decided for a plan counts for them too. */
final class Editions {

    private final Plans plans;

    Editions(Plans plans) {
        this.plans = plans;
    }

    /** The plans that those on the invoices were made from; plans of the catalogue are left out. */
    Map<PlanCode, PlanCode> madeFrom(Collection<Invoice> invoices) {
        Map<PlanCode, PlanCode> madeFrom = new HashMap<>();
        invoices.stream().flatMap(invoice -> invoice.lines().stream()).flatMap(line -> plan(line).stream()).distinct()
                .forEach(code -> plans.find(code).flatMap(plan -> plan.terms().overrides())
                        .ifPresent(parent -> madeFrom.put(code, parent)));
        return madeFrom;
    }

    static Optional<PlanCode> plan(InvoiceLine line) {
        return line.explanation().plan().map(PlanPrice::plan);
    }
}
