package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.identity.Address;
import java.util.HashSet;
import java.util.Set;

/**
 * Where the law asks for a customer's address or tax id on invoices. Jurisdictions are countries, or regions of one such as
 * {@code CA-QC}.
 *
 * @param address street, city and postal code must be known
 * @param taxId   the customer's tax id must be known
 */
public record InvoiceNeeds(Set<String> address, Set<String> taxId) {

    private static final Set<String> EUROPEAN_UNION = Set.of("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI",
            "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

    /**
     * For whoever sells to businesses: in the European Union and India they are named with address and tax id, in Great
     * Britain, Switzerland and Norway with their address. Whoever sells to consumers there has needs of their own.
     */
    public static final InvoiceNeeds DEFAULT = new InvoiceNeeds(with(EUROPEAN_UNION, "IN", "GB", "CH", "NO"),
            with(EUROPEAN_UNION, "IN"));

    public InvoiceNeeds {
        address = Set.copyOf(address);
        taxId = Set.copyOf(taxId);
    }

    private static Set<String> with(Set<String> some, String... more) {
        var all = new HashSet<>(some);
        all.addAll(Set.of(more));
        return all;
    }

    /** Whether there is a place where it matters where the customer is. */
    boolean dependOnPlace() {
        return !address.isEmpty() || !taxId.isEmpty();
    }

    boolean address(Address of) {
        return asks(address, of);
    }

    boolean taxId(Address of) {
        return asks(taxId, of);
    }

    private static boolean asks(Set<String> places, Address of) {
        return places.contains(of.country()) || of.region().map(region -> places.contains(of.country() + "-" + region))
                .orElse(false);
    }
}
