package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which invoices of a service; what is empty asks for nothing. Those that were regrouped are left out: their lines stand on
 * another.
 *
 * @param statuses    one of these
 * @param kinds       one of these
 * @param settled     whether nothing is left to be paid of it, by payment, credit or because it comes to nothing
 * @param failed      whether its collection has failed, or it is uncollectible
 * @param overdue     whether it is on a day
 * @param issuedFrom  on that day or later
 * @param issuedUntil on that day or earlier
 * @param least       of the total, in the major unit
 * @param most        of the total, in the major unit
 * @param text        stands in the number or the customer's name, whatever the case
 * @param ids         one of these
 */
public record InvoiceSearch(ServiceId service, Optional<CustomerId> customer, Set<InvoiceStatus> statuses,
                            Set<InvoiceReason.Kind> kinds, Optional<Boolean> settled, Optional<Boolean> failed,
                            Optional<Overdue> overdue, Optional<LocalDate> issuedFrom, Optional<LocalDate> issuedUntil,
                            Optional<BigDecimal> least,
                            Optional<BigDecimal> most, Optional<Currency> currency, Optional<String> text,
                            Optional<Set<InvoiceId>> ids) {

    /**
     * Whether, on a day, an issued invoice should have been paid before it, by the net payment term that its customer has
     * then, and is not settled.
     */
    public record Overdue(LocalDate on, boolean is) {
    }

    public InvoiceSearch {
        statuses = Set.copyOf(statuses);
        kinds = Set.copyOf(kinds);
        ids = ids.map(Set::copyOf);
    }

    /** All invoices of a service. */
    public static InvoiceSearch of(ServiceId service) {
        return new InvoiceSearch(service, Optional.empty(), EnumSet.complementOf(EnumSet.of(InvoiceStatus.REGROUPED)),
                EnumSet.allOf(InvoiceReason.Kind.class), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    public InvoiceSearch of(CustomerId only) {
        return new InvoiceSearch(service, Optional.of(only), statuses, kinds, settled, failed, overdue, issuedFrom,
                issuedUntil, least, most, currency, text, ids);
    }

    public InvoiceSearch in(Set<InvoiceStatus> some) {
        return new InvoiceSearch(service, customer, some, kinds, settled, failed, overdue, issuedFrom, issuedUntil, least,
                most, currency, text, ids);
    }

    public InvoiceSearch kinds(Set<InvoiceReason.Kind> some) {
        return new InvoiceSearch(service, customer, statuses, some, settled, failed, overdue, issuedFrom, issuedUntil,
                least, most, currency, text, ids);
    }

    public InvoiceSearch settled(boolean is) {
        return new InvoiceSearch(service, customer, statuses, kinds, Optional.of(is), failed, overdue, issuedFrom,
                issuedUntil, least, most, currency, text, ids);
    }

    public InvoiceSearch failed(boolean is) {
        return new InvoiceSearch(service, customer, statuses, kinds, settled, Optional.of(is), overdue, issuedFrom,
                issuedUntil, least, most, currency, text, ids);
    }

    public InvoiceSearch overdue(LocalDate on, boolean is) {
        return new InvoiceSearch(service, customer, statuses, kinds, settled, failed, Optional.of(new Overdue(on, is)),
                issuedFrom, issuedUntil, least, most, currency, text, ids);
    }

    public InvoiceSearch issued(Optional<LocalDate> from, Optional<LocalDate> until) {
        return new InvoiceSearch(service, customer, statuses, kinds, settled, failed, overdue, from, until, least, most,
                currency, text, ids);
    }

    public InvoiceSearch total(Optional<BigDecimal> from, Optional<BigDecimal> until) {
        return new InvoiceSearch(service, customer, statuses, kinds, settled, failed, overdue, issuedFrom, issuedUntil,
                from, until, currency, text, ids);
    }

    public InvoiceSearch in(Currency only) {
        return new InvoiceSearch(service, customer, statuses, kinds, settled, failed, overdue, issuedFrom, issuedUntil,
                least, most, Optional.of(only), text, ids);
    }

    public InvoiceSearch text(String part) {
        return new InvoiceSearch(service, customer, statuses, kinds, settled, failed, overdue, issuedFrom, issuedUntil,
                least, most, currency, Optional.of(part), ids);
    }

    public InvoiceSearch among(Set<InvoiceId> some) {
        return new InvoiceSearch(service, customer, statuses, kinds, settled, failed, overdue, issuedFrom, issuedUntil,
                least, most, currency, text, Optional.of(some));
    }
}
