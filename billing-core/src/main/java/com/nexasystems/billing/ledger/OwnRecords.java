package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.invoicing.BillingTerms;
import com.nexasystems.billing.invoicing.Credit;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNote.RefundStatus;
import com.nexasystems.billing.invoicing.CreditNotes;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.invoicing.Invoices;
import com.nexasystems.billing.ledger.OwnRecord.OwnCredits;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.Payment.Dispute;
import com.nexasystems.billing.payment.PaymentId;
import com.nexasystems.billing.payment.Payments;
import com.nexasystems.billing.payment.Refund;
import com.nexasystems.billing.wallet.TransactionId;
import com.nexasystems.billing.wallet.WalletTransaction;
import com.nexasystems.billing.wallet.WalletTransaction.Kind;
import com.nexasystems.billing.wallet.WalletTransaction.Source;
import com.nexasystems.billing.wallet.Wallets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what is known of a page of our own invoices: each kind of thing once for all of them, and only what is rare (the day
 * something was withdrawn on) one by one.
 */
final class OwnRecords {

    /** A payment and its invoice are kept together, but not read together: what changes meanwhile is read again. */
    private static final int MOST_READINGS = 3;

    private final Invoices invoices;
    private final CreditNotes notes;
    private final Payments payments;
    private final Wallets wallets;
    private final Customers customers;
    private final BillingTerms terms;
    private final AuditTrail trail;

    OwnRecords(Invoices invoices, CreditNotes notes, Payments payments, Wallets wallets, Customers customers,
               BillingTerms terms, AuditTrail trail) {
        this.invoices = invoices;
        this.notes = notes;
        this.payments = payments;
        this.wallets = wallets;
        this.customers = customers;
        this.terms = terms;
        this.trail = trail;
    }

    /** Those that are there. */
    List<OwnRecord> of(Collection<InvoiceId> wanted) {
        Map<InvoiceId, List<Payment>> come = come(wanted);
        Map<InvoiceId, Invoice> found = invoices.findAll(wanted);
        for (int reading = 1; reading < MOST_READINGS && !agree(found.values(), come); reading++) {
            come = come(wanted);
            found = invoices.findAll(wanted);
        }
        return new Page(found.values(), come).records();
    }

    private Map<InvoiceId, List<Payment>> come(Collection<InvoiceId> wanted) {
        return payments.ofAll(wanted).values().stream().flatMap(List::stream)
                .filter(payment -> payment.status() == Payment.Status.SUCCEEDED)
                .collect(Collectors.groupingBy(Payment::invoice));
    }

    private static boolean agree(Collection<Invoice> found, Map<InvoiceId, List<Payment>> come) {
        return found.stream().allMatch(invoice -> invoice.paid().equals(come.getOrDefault(invoice.id(), List.of()).stream()
                .map(Payment::applied).reduce(Money.zero(invoice.currency()), Money::plus)));
    }

    /** What is looked up for all invoices of a page. */
    private final class Page {

        private final Collection<Invoice> page;
        private final Map<InvoiceId, List<Payment>> come;
        private final Map<InvoiceId, List<CreditNote>> given;
        private final Map<PaymentId, List<Refund>> refunds;
        private final Map<CustomerId, Customer> parties;
        private final Map<ServiceCustomer, BillingTerms.Terms> agreed;
        private final Map<UUID, List<WalletTransaction>> spent;
        private final Map<TransactionId, Kind> topUps;
        private final Map<String, Optional<InvoiceId>> groups = new HashMap<>();

        Page(Collection<Invoice> page, Map<InvoiceId, List<Payment>> come) {
            this.page = page;
            this.come = come;
            this.given = notes.ofAll(page.stream().map(Invoice::id).toList());
            this.refunds = refunds(come);
            this.parties = customers.findAll(page.stream().map(Invoice::customer).distinct().toList());
            this.agreed = terms.of(page.stream().map(Page::holder).distinct().toList());
            this.spent = wallets.ofInvoices(page.stream().filter(invoice -> takes(invoice, Credit.Kind.PREPAID))
                    .map(invoice -> invoice.id().value()).toList());
            this.topUps = wallets.findAll(spent.values().stream().flatMap(List::stream)
                    .flatMap(paid -> paid.sources().stream()).map(Source::topUp).distinct().toList()).stream()
                    .collect(Collectors.toMap(WalletTransaction::id, WalletTransaction::kind));
        }

        private static ServiceCustomer holder(Invoice invoice) {
            return new ServiceCustomer(invoice.service(), invoice.customer());
        }

        private Map<PaymentId, List<Refund>> refunds(Map<InvoiceId, List<Payment>> of) {
            return payments.refundsOfAll(of.values().stream().flatMap(List::stream).map(Payment::id).toList()).values()
                    .stream().flatMap(List::stream).filter(refund -> refund.status() == Refund.Status.SUCCEEDED)
                    .collect(Collectors.groupingBy(Refund::payment));
        }

        List<OwnRecord> records() {
            return page.stream().map(this::record).toList();
        }

        private OwnRecord record(Invoice invoice) {
            List<CreditNote> ofInvoice = given.getOrDefault(invoice.id(), List.of());
            List<Payment> ofPayer = come.getOrDefault(invoice.id(), List.of());
            int netDays = Optional.ofNullable(agreed.get(holder(invoice))).flatMap(BillingTerms.Terms::netPaymentDays)
                    .orElse(0);
            return new OwnRecord(invoice, Optional.ofNullable(parties.get(invoice.customer())), ofInvoice, ofPayer, refunds,
                    credits(invoice), netDays, group(invoice), trail(invoice, ofInvoice, ofPayer));
        }

        private Optional<InvoiceId> group(Invoice invoice) {
            return Optional.of(invoice).filter(member -> member.status() == InvoiceStatus.REGROUPED).flatMap(Invoice::number)
                    .flatMap(number -> groups.computeIfAbsent(number,
                            known -> invoices.findByNumber(known).map(Invoice::id)));
        }

        private OwnCredits credits(Invoice invoice) {
            Money zero = Money.zero(invoice.currency());
            boolean isVoid = invoice.status() == InvoiceStatus.VOID;
            Money balance = sum(invoice, Credit.Kind.CREDIT_NOTE);
            boolean isDrawn = !isVoid || balance.isZero() || !notes.draws(invoice.id()).isEmpty();
            List<WalletTransaction> moved = spent.getOrDefault(invoice.id().value(), List.of());
            boolean isRestored = isVoid && moved.stream().anyMatch(known -> known.kind() == Kind.RESTORED);
            Money granted = isRestored ? zero : moved.stream().filter(known -> known.kind() == Kind.CONSUMED)
                    .flatMap(paid -> paid.sources().stream()).filter(source -> topUps.get(source.topUp()) == Kind.GRANTED)
                    .map(source -> source.credits().worth()).reduce(zero, Money::plus);
            return new OwnCredits(isDrawn ? balance : zero,
                    isRestored ? zero : sum(invoice, Credit.Kind.PREPAID).minus(granted), granted);
        }

        private Map<String, List<AuditEntry>> trail(Invoice invoice, List<CreditNote> ofInvoice, List<Payment> ofPayer) {
            Stream<String> withdrawn = Stream.of(invoice).filter(one -> one.status() == InvoiceStatus.VOID)
                    .map(one -> one.id().toString());
            Stream<String> changed = ofInvoice.stream().filter(note -> !note.withdrawn().isZero()
                    || note.refund().equals(Optional.of(RefundStatus.SUCCEEDED))).map(note -> note.id().toString());
            Stream<String> contested = ofPayer.stream()
                    .filter(payment -> payment.dispute().equals(Optional.of(Dispute.LOST)))
                    .map(payment -> payment.id().toString());
            return Stream.of(withdrawn, changed, contested).flatMap(Function.identity())
                    .collect(Collectors.toMap(Function.identity(), trail::of));
        }
    }

    private static boolean takes(Invoice invoice, Credit.Kind kind) {
        return invoice.credits().stream().anyMatch(credit -> credit.kind() == kind);
    }

    private static Money sum(Invoice invoice, Credit.Kind kind) {
        return invoice.credits().stream().filter(credit -> credit.kind() == kind).map(Credit::amount)
                .reduce(Money.zero(invoice.currency()), Money::plus);
    }
}
