package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.tax.ApplicableTaxes;
import com.nexasystems.billing.tax.Levy;
import com.nexasystems.billing.tax.ServiceTax;
import com.nexasystems.billing.tax.ServiceTaxes;
import com.nexasystems.billing.tax.TaxAmount;
import com.nexasystems.billing.tax.TaxOnLines;
import com.nexasystems.billing.tax.TaxOnLines.TaxedLine;
import com.nexasystems.billing.tax.TaxRates;
import com.nexasystems.billing.tax.TaxTarget;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which taxes the lines of invoices carry, and what they come to. The first of these that has any decides, and nothing is
 * added from the others: what was asked for the line itself; the charge, commitment or thing sold; the plan, where a
 * customer's own edition comes before the plan it was made from; the customer; the service. Where none has any, the
 * customer's address decides. Whoever is exempt pays none.
 */
public final class LineTaxes {

    private final ServiceTaxes own;
    private final ApplicableTaxes byAddress;
    private final Customers customers;
    private final Editions editions;

    @Inject
    public LineTaxes(ServiceTaxes own, TaxRates rates, Customers customers, Plans plans, BillingPolicy policy) {
        this.own = own;
        this.byAddress = new ApplicableTaxes(rates, policy.unknown());
        this.customers = customers;
        this.editions = new Editions(plans);
    }

    /** The drafts with the taxes that they carry now, on what discounts leave of each line. Looks things up once for all. */
    List<Invoice> on(Collection<Invoice> drafts) {
        if (drafts.isEmpty()) {
            return List.of();
        }
        List<CustomerId> ids = drafts.stream().map(Invoice::customer).distinct().toList();
        return on(drafts, customers.findAll(ids));
    }

    /** @param known the customers of the drafts */
    List<Invoice> on(Collection<Invoice> drafts, Map<CustomerId, Customer> known) {
        var found = new Found(drafts, known);
        return drafts.stream().map(draft -> draft.taxed(found.taxes(draft, List.of()))).toList();
    }

    Invoice on(Invoice draft) {
        return on(List.of(draft)).get(0);
    }

    /** @param asked for each line, in place of all other taxes; empty for those */
    Invoice on(Invoice draft, Customer customer, List<Optional<List<Levy>>> asked) {
        return draft.taxed(new Found(List.of(draft), Map.of(customer.id(), customer)).taxes(draft, asked));
    }

    /** What was looked up for some drafts. */
    private final class Found {

        private final Map<CustomerId, Customer> known;
        private final Map<ServiceId, List<ServiceTax>> taxes;
        private final Map<PlanCode, PlanCode> madeFrom;
        private final Map<TaxTarget, List<String>> put;
        private final ApplicableTaxes byAddressOnce = byAddress.remembering();

        Found(Collection<Invoice> drafts, Map<CustomerId, Customer> known) {
            this.known = known;
            this.taxes = own.of(drafts.stream().map(Invoice::service).distinct().toList());
            List<Invoice> concerned = drafts.stream().filter(draft -> taxes.containsKey(draft.service())).toList();
            this.madeFrom = editions.madeFrom(concerned);
            this.put = concerned.isEmpty() ? Map.of() : own.on(concerned.stream().flatMap(draft -> Stream.concat(
                    draft.lines().stream().flatMap(line -> levels(draft, line)), ofCustomer(draft))).distinct().toList());
        }

        List<TaxAmount> taxes(Invoice draft, List<Optional<List<Levy>>> asked) {
            Customer customer = Optional.ofNullable(known.get(draft.customer()))
                    .orElseThrow(() -> new InvalidValue("customer", "does not exist: " + draft.customer()));
            if (draft.lines().isEmpty()) {
                return TaxOnLines.compute(draft.taxPolicy(), levies(draft, customer, ofCustomer(draft)), draft.currency(),
                        List.of());
            }
            List<Money> net = draft.netLines();
            var taxed = new ArrayList<TaxedLine>();
            for (int i = 0; i < net.size(); i++) {
                InvoiceLine line = draft.lines().get(i);
                Optional<List<Levy>> first = asked.isEmpty() ? Optional.empty() : asked.get(i);
                taxed.add(new TaxedLine(net.get(i), customer.taxExempt() ? List.of()
                        : first.<List<? extends Levy>>map(Function.identity())
                                .orElseGet(() -> levies(draft, customer, levels(draft, line)))));
            }
            return TaxOnLines.computeEach(draft.taxPolicy(), draft.currency(), taxed);
        }

        /** Of the first level that has any. */
        private List<? extends Levy> levies(Invoice draft, Customer customer, Stream<TaxTarget> levels) {
            if (customer.taxExempt()) {
                return List.of();
            }
            List<ServiceTax> all = taxes.getOrDefault(draft.service(), List.of());
            Optional<List<ServiceTax>> first = levels.filter(put::containsKey).findFirst().map(level -> named(all, level))
                    .or(() -> Optional.of(all.stream().filter(ServiceTax::appliedToAll).toList())
                            .filter(preset -> !preset.isEmpty()));
            return first.<List<? extends Levy>>map(Function.identity())
                    .orElseGet(() -> byAddressOnce.of(customer, draft.issueDate()));
        }

        private List<ServiceTax> named(List<ServiceTax> all, TaxTarget level) {
            Map<String, ServiceTax> byCode = all.stream().collect(Collectors.toMap(ServiceTax::code, Function.identity()));
            return put.get(level).stream().map(byCode::get).toList();
        }

        /** What may have taxes for a line, the nearest first. */
        private Stream<TaxTarget> levels(Invoice draft, InvoiceLine line) {
            ServiceId service = draft.service();
            String charge = line.explanation().charge();
            List<String> lineage = Editions.plan(line).stream().flatMap(code -> Stream.concat(Stream.of(code),
                    Stream.ofNullable(madeFrom.get(code)))).map(PlanCode::value).toList();
            Stream<TaxTarget> sold = lineage.isEmpty() ? Stream.of(TaxTarget.addOn(service, charge))
                    : lineage.stream().map(plan -> isOfCommitment(line) ? TaxTarget.commitment(service, plan)
                            : TaxTarget.charge(service, plan, charge));
            return Stream.of(sold, lineage.stream().map(plan -> TaxTarget.plan(service, plan)), ofCustomer(draft))
                    .flatMap(Function.identity());
        }

        private Stream<TaxTarget> ofCustomer(Invoice draft) {
            return Stream.of(TaxTarget.customer(draft.service(), draft.customer()));
        }
    }

    /** Also what somebody decided that it should come to. */
    private static boolean isOfCommitment(InvoiceLine line) {
        return line.explanation().charge().equals(Explanation.COMMITMENT) && line.explanation().counted().isEmpty();
    }
}
