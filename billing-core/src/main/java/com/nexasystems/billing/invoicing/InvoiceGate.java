package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.gate.Check;
import com.nexasystems.billing.gate.Check.Problem;
import com.nexasystems.billing.gate.Gate;
import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.identity.Customer;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must be so before an invoice is finalised, for services that ask for it. */
public final class InvoiceGate {

    /** Its checks, in the order in which they run. Nobody goes around it: an issued invoice cannot be completed. */
    public static final Gate<Finalisable> FINALISATION = new Gate<Finalisable>("invoice-finalisation", List.of(
            Check.of("billing-email", InvoiceGate::email), Check.of("address", InvoiceGate::address),
            Check.of("tax-id", InvoiceGate::taxId), Check.of("currency", InvoiceGate::currency),
            Check.of("held-lines", InvoiceGate::held))).bypassableBy();

    private InvoiceGate() {
    }

    private static Optional<Problem> email(Finalisable of) {
        return Problem.when(of.customer().email().isEmpty(), of.customer().name() + " has no billing e-mail",
                "enter the customer's billing e-mail");
    }

    /** Without any address nobody can tell what the law asks for. */
    private static Optional<Problem> address(Finalisable of) {
        Customer customer = of.customer();
        if (customer.address().isEmpty()) {
            return Problem.when(of.needs().dependOnPlace(), customer.name() + " has no address",
                    "enter the customer's address");
        }
        Address address = customer.address().get();
        String missing = Stream.of(lacks(address.line1(), "street"), lacks(address.city(), "city"),
                lacks(address.postalCode(), "postal code")).flatMap(Optional::stream).collect(Collectors.joining(", "));
        return Problem.when(of.needs().address(address) && !missing.isEmpty(), "the address of " + customer.name() + " in "
                + address.country() + " has no " + missing, "complete the customer's address; it is asked for there");
    }

    private static Optional<String> lacks(Optional<String> value, String name) {
        return value.filter(text -> !text.isBlank()).isPresent() ? Optional.empty() : Optional.of(name);
    }

    private static Optional<Problem> taxId(Finalisable of) {
        Customer customer = of.customer();
        return Problem.when(customer.address().filter(of.needs()::taxId).isPresent()
                        && customer.taxId().filter(text -> !text.isBlank()).isEmpty(),
                customer.name() + " in " + customer.address().map(Address::country).orElse("") + " has no tax id",
                "enter the customer's tax id; it is asked for there");
    }

    /** The lines of an invoice are all in its currency, which is money; it can be another than the customer is billed in. */
    private static Optional<Problem> currency(Finalisable of) {
        Currency currency = of.draft().currency();
        return of.customer().currency().flatMap(own -> Problem.when(!own.equals(currency),
                "the lines are in " + currency + ", and " + of.customer().name() + " is billed in " + own,
                "change the customer's currency if " + currency + " is right; else correct the plan or the sale"));
    }

    private static Optional<Problem> held(Finalisable of) {
        Set<String> lines = of.draft().lines().stream().map(InvoiceLine::description).collect(Collectors.toSet());
        String held = of.holds().stream().filter(hold -> lines.contains(hold.line())).map(hold -> hold.line() + " (by "
                + hold.by().name() + ": " + hold.reason() + ")").collect(Collectors.joining("; "));
        return Problem.when(!held.isEmpty(), "held: " + held, "clear up why, correct the line if need be, and release it");
    }
}
