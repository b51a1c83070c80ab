package com.nexasystems.billing.ledger;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.Services;
import com.nexasystems.billing.ledger.TaxDerivation.Candidates;
import com.nexasystems.billing.tax.ApplicableTaxes;
import com.nexasystems.billing.tax.Jurisdiction;
import com.nexasystems.billing.tax.Levy;
import com.nexasystems.billing.tax.ServiceTaxes;
import com.nexasystems.billing.tax.TaxRates;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rates that invoices may have been taxed with, each looked up once: those of jurisdictions on a day, by configuration
 * or shipped, and the services' own. For one run.
 */
final class LedgerRates {

    private final ApplicableTaxes rates;
    private final List<Jurisdiction> everywhere;
    private final List<List<Levy>> ofServices;
    private final Map<Place, List<Levy>> known = new HashMap<>();

    private record Place(Jurisdiction jurisdiction, LocalDate day) { }

    LedgerRates(TaxRates rates, ServiceTaxes serviceTaxes, Services services, List<Jurisdiction> everywhere) {
        this.rates = new ApplicableTaxes(rates);
        this.everywhere = everywhere;
        // Not summed up: a service's taxes are alternatives, not the taxes of a place.
        this.ofServices = serviceTaxes.of(services.all().stream().map(Service::id).toList()).values().stream()
                .flatMap(List::stream).map(tax -> List.<Levy>of(tax)).toList();
    }

    Candidates candidates(Optional<Jurisdiction> customer, LocalDate day) {
        List<List<Levy>> near = customer.map(place -> List.of(inForce(place, day))).orElse(List.of());
        var far = new ArrayList<List<Levy>>(ofServices);
        // All taxes of a place together are those of where the customer is, and of no other place if that is known.
        everywhere.stream().map(place -> inForce(place, day)).forEach(levies -> {
            if (customer.isPresent()) {
                levies.forEach(levy -> far.add(List.of(levy)));
            } else {
                far.add(levies);
            }
        });
        return new Candidates(near, far);
    }

    private List<Levy> inForce(Jurisdiction jurisdiction, LocalDate day) {
        return known.computeIfAbsent(new Place(jurisdiction, day),
                place -> List.copyOf(rates.inForce(place.jurisdiction, place.day)));
    }
}
