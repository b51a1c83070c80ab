package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.charge.Priced;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.rating.ChargePart;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.tax.Levy;
import com.nexasystems.billing.wallet.TransactionId;
import com.nexasystems.billing.wallet.WalletTransaction;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Invoices what is sold once: token packs, hours, setup fees. It is issued at once, unless its service asks for complete
 * invoices and something is missing: it is a draft then. Coupons, credit notes and prepaid
 * credits do not count on it.
 */
public final class IssueOneOff {

    private static final String ADD_ON = "add_on";
    private static final String CREDITS = "credits";
    private static final int LONGEST_KEY = 255;

    private final Invoices invoices;
    private final Finalise finalise;
    private final LineTaxes taxes;
    private final BillingPolicy policy;
    private final EventLog events;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public IssueOneOff(Invoices invoices, Finalise finalise, LineTaxes taxes, BillingPolicy policy, EventLog events, Ids ids,
                       Clock clock, UnitOfWork unitOfWork) {
        this.invoices = invoices;
        this.finalise = finalise;
        this.taxes = taxes;
        this.policy = policy;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * Something sold once.
     *
     * @param code        of what is sold, as the caller's catalogue has it
     * @param description for people
     * @param units       above zero
     * @param unitPrice   exact; not negative
     * @param taxes       in place of those that it carries else; none to charge no tax. An exempt customer pays none anyway
     */
    public record Fee(String code, String description, BigDecimal units, BigDecimal unitPrice,
                      Optional<List<Levy>> taxes) {

        public Fee {
            InvalidValue.checkText("code", code, 255);
            InvalidValue.checkText("description", description, 255);
            units = Decimals.positive("units", units);
            unitPrice = Decimals.nonNegative("unit_price", unitPrice);
            taxes = taxes.map(List::copyOf);
        }

        /** With the taxes that it carries without being asked for any. */
        public static Fee of(String description, String units, String unitPrice) {
            return new Fee(description, description, Decimals.parse("units", units),
                    Decimals.parse("unit_price", unitPrice), Optional.empty());
        }

        public Fee taxed(Levy... own) {
            return new Fee(code, description, units, unitPrice, Optional.of(List.of(own)));
        }
    }

    /** @param key the caller's own; under the same key a customer of the service has one such invoice */
    public record Request(Customer customer, Currency currency, List<Fee> fees, String key) {

        public Request {
            InvalidValue.checkText("key", key, LONGEST_KEY);
            fees = List.copyOf(fees);
            if (fees.isEmpty()) {
                throw new InvalidValue("fees", "must be one or more");
            }
        }
    }

    /**
     * The same key again answers the invoice that was issued.
     *
     * @throws InvalidValue              if the fees come to nothing, or the key was used for other fees
     * @throws CurrencyMismatchException if the customer is billed in another currency
     */
    public Invoice issue(ServiceId service, Request request) {
        request.customer().currency().filter(own -> !own.equals(request.currency())).ifPresent(own -> {
            throw new CurrencyMismatchException(own, request.currency());
        });
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return unitOfWork.call(() -> issued(draft(service, request, now)));
    }

    /**
     * For prepaid credits that wait to be paid; without tax, which is due on what they will pay. The same purchase again
     * answers the invoice that was issued.
     *
     * @param customer who has the wallet
     */
    public Invoice issueCredits(ServiceId service, Customer customer, WalletTransaction purchase) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        LocalDate today = now.atZone(customer.zone()).toLocalDate();
        Money worth = purchase.credits().worth();
        var step = new Priced.Step("credits", BigDecimal.ONE, worth.amount(), BigDecimal.ONE);
        var why = new Explanation(Optional.empty(), CREDITS, CREDITS, ChargePart.WHOLE, worth.currency(),
                BillingPeriod.ofDays(today, today.plusDays(1), customer.zone()), Optional.empty(),
                new Priced(purchase.credits().units(), List.of(step)));
        InvoiceLine line = InvoiceLine.of(InvoiceLine.Kind.CREDITS, "Prepaid credits", why, policy.rounding());
        InvoiceReason reason = reasonOf(new ServiceCustomer(service, customer.id()), purchase.id());
        return unitOfWork.call(() -> issued(new Invoice(reason, service, customer.id(), customer.name(), Optional.empty(),
                InvoiceStatus.DRAFT, Optional.empty(), now, today, worth.currency(), policy.tax(), List.of(line), List.of(),
                List.of(), List.of())));
    }

    /** The invoice that a purchase of this customer has, or will have. */
    public static InvoiceId invoiceOf(ServiceCustomer holder, TransactionId purchase) {
        return reasonOf(holder, purchase).invoiceId();
    }

    private static InvoiceReason reasonOf(ServiceCustomer holder, TransactionId purchase) {
        return InvoiceReason.of(holder, InvoiceReason.Kind.CREDITS, purchase.toString());
    }

    private Invoice issued(Invoice draft) {
        if (invoices.add(List.of(draft)).isEmpty()) {
            return same(invoices.find(draft.id()).orElseThrow(), draft);
        }
        var told = new InvoiceEvents(ids, draft.due(), List.of());
        events.append(List.of(told.of(EventType.INVOICE_CREATED, draft)));
        return finalise.issueComplete(List.of(draft), Map.of()).stream().findFirst().orElse(draft);
    }

    private static Invoice same(Invoice before, Invoice draft) {
        if (!before.currency().equals(draft.currency()) || !sold(before).equals(sold(draft))) {
            throw new InvalidValue("key", "was used for another invoice: " + before.number()
                    .orElseGet(before.id()::toString));
        }
        return before;
    }

    private static List<Map.Entry<String, Priced>> sold(Invoice invoice) {
        return invoice.lines().stream().map(line -> Map.entry(line.description(), line.explanation().priced())).toList();
    }

    private Invoice draft(ServiceId service, Request request, Instant now) {
        Customer customer = request.customer();
        LocalDate today = now.atZone(customer.zone()).toLocalDate();
        BillingPeriod day = BillingPeriod.ofDays(today, today.plusDays(1), customer.zone());
        var lines = new ArrayList<InvoiceLine>();
        var asked = new ArrayList<Optional<List<Levy>>>();
        for (Fee fee : request.fees()) {
            InvoiceLine line = line(fee, request.currency(), day);
            if (!line.amount().isZero()) {
                lines.add(line);
                asked.add(fee.taxes());
            }
        }
        if (lines.isEmpty()) {
            throw new InvalidValue("fees", "come to nothing");
        }
        var reason = InvoiceReason.of(new ServiceCustomer(service, customer.id()), InvoiceReason.Kind.ONE_OFF,
                request.key());
        return taxes.on(new Invoice(reason, service, customer.id(), customer.name(), Optional.empty(), InvoiceStatus.DRAFT,
                Optional.empty(), now, today, request.currency(), policy.tax(), lines, List.of(), List.of(), List.of()),
                customer, asked);
    }

    private InvoiceLine line(Fee fee, Currency currency, BillingPeriod day) {
        var step = new Priced.Step("units", fee.units(), fee.unitPrice(), BigDecimal.ONE);
        var why = new Explanation(Optional.empty(), fee.code(), ADD_ON, ChargePart.WHOLE, currency, day, Optional.empty(),
                new Priced(fee.units(), List.of(step)));
        return InvoiceLine.of(InvoiceLine.Kind.ADD_ON, fee.description(), why, policy.rounding());
    }
}
