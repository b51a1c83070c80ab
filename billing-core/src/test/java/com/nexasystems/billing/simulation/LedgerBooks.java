package com.nexasystems.billing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNote.RefundStatus;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceReason;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.ledger.Draft;
import com.nexasystems.billing.ledger.EntryKey.Kind;
import com.nexasystems.billing.ledger.FamilyRules;
import com.nexasystems.billing.ledger.IngestOptions;
import com.nexasystems.billing.ledger.IngestReport;
import com.nexasystems.billing.ledger.IngestedInvoice;
import com.nexasystems.billing.ledger.IngestedInvoice.Outcome;
import com.nexasystems.billing.ledger.Journal.Balance;
import com.nexasystems.billing.ledger.Journal.Scope;
import com.nexasystems.billing.ledger.JournalEntry;
import com.nexasystems.billing.ledger.LedgerAccount;
import com.nexasystems.billing.ledger.LedgerPolicy;
import com.nexasystems.billing.ledger.OwnInvoices;
import com.nexasystems.billing.memory.MemoryPaymentGateway;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.Payment.Dispute;
import com.nexasystems.billing.payment.PaymentGateway.Charge;
import com.nexasystems.billing.payment.PaymentGateway.Refunded;
import com.nexasystems.billing.payment.Refund;
import com.nexasystems.billing.tax.Jurisdiction;
import com.nexasystems.billing.wallet.WalletTransaction;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the books must say of all invoices of an engine: worked out from its ports, and from the provider itself. */
final class LedgerBooks {

    private static final ZoneId ZONE = ZoneId.of("America/Toronto");
    private static final LedgerPolicy POLICY = new LedgerPolicy(ZONE, new FamilyRules(List.of()),
            Stream.of("CA-ON", "CA-QC", "CA-AB", "CA-BC", "CA-NS").map(Jurisdiction::new).toList(),
            LedgerPolicy.ALL_TAX_POLICIES);

    private final Ports ports;
    private final Billing billing;
    private final MemoryPaymentGateway provider;
    private final List<Invoice> invoices;
    private final OwnInvoices source;

    LedgerBooks(Billing billing, MemoryPaymentGateway provider, List<Invoice> invoices) {
        this.ports = billing.ports();
        this.billing = billing;
        this.provider = provider;
        this.invoices = invoices;
        this.source = billing.ownInvoices(ZONE, "bank");
    }

    void check() {
        IngestReport report = billing.ledgerIngest().all(source, POLICY, IngestOptions.ALL);
        assertThat(report.problems()).isEmpty();
        List<Invoice> issued = invoices.stream().filter(invoice -> invoice.status() != InvoiceStatus.DRAFT).toList();
        assertThat(report.listed()).isEqualTo(issued.size());
        issued.forEach(this::isRight);
        balanceIsWhatNotesSay();
        clearingIsWhatTheProviderSays();
        creditsAreWhatWalletsSay();
        assertThat(billing.ledgerIngest().all(source, POLICY, IngestOptions.ALL).drafted()).as("drafted again").isZero();
    }

    private void isRight(Invoice invoice) {
        String id = "own:" + invoice.id();
        IngestedInvoice record = ports.journal().find(List.of(id)).get(id);
        List<JournalEntry> entries = entries(id);
        assertThat(record.outcome()).as(id + " " + record.reason()).isIn(Outcome.BOOKED, Outcome.SKIPPED);
        if (record.outcome() == Outcome.SKIPPED) {
            assertThat(entries).isEmpty();
            assertThat(receivable(invoice)).as("skipped " + id + record.reason()).matches(Money::isZero);
            return;
        }
        assertThat(sum(entries, LedgerAccount.RECEIVABLE, invoice)).as("receivable of " + invoice.status() + " " + id)
                .isEqualTo(receivable(invoice));
        JournalEntry itself = entries.stream().filter(entry -> entry.key().kind() == Kind.INVOICE).findFirst().orElseThrow();
        assertThat(itself.date()).isEqualTo(invoice.issueDate());
        invoice.taxes().forEach(tax -> assertThat(itself.on(LedgerAccount.tax(tax.code()), invoice.currency()))
                .isEqualTo(tax.amount().negated()));
        LedgerAccount earned = invoice.reason().kind() == InvoiceReason.Kind.CREDITS ? LedgerAccount.PREPAID
                : LedgerAccount.revenue(FamilyRules.OTHER);
        assertThat(itself.on(earned, invoice.currency())).isEqualTo(invoice.discount().minus(invoice.subtotal()));
    }

    private static Money sum(List<JournalEntry> entries, LedgerAccount account, Invoice invoice) {
        return entries.stream().map(entry -> entry.on(account, invoice.currency()))
                .reduce(Money.zero(invoice.currency()), Money::plus);
    }

    /** What is still to be paid, less what is promised and not given back yet, and what was given back without a promise. */
    private Money receivable(Invoice invoice) {
        List<CreditNote> notes = ports.creditNotes().of(invoice.id());
        Money open = invoice.status().isUnpaid() ? notes.stream().map(note -> note.given().offset())
                .reduce(invoice.payable().minus(invoice.paid()), Money::minus) : Money.zero(invoice.currency());
        Money promised = isUndone(invoice) ? open
                : notes.stream().map(note -> note.given().refund()).reduce(open, Money::minus);
        return Stream.concat(givenBack(invoice, notes), lost(invoice)).reduce(promised, Money::plus);
    }

    private static boolean isUndone(Invoice invoice) {
        return invoice.status() == InvoiceStatus.VOID && invoice.paid().isZero() && invoice.total().isNegative();
    }

    private Stream<Money> givenBack(Invoice invoice, List<CreditNote> notes) {
        List<Refund> made = refunds(invoice).filter(refund -> !refund.reference().startsWith("surplus-")).toList();
        Stream<Money> outside = notes.stream().filter(note -> note.refund().equals(Optional.of(RefundStatus.SUCCEEDED)))
                .map(note -> made.stream().filter(refund -> refund.note().equals(Optional.of(note.id()))).map(Refund::amount)
                        .reduce(note.given().refund(), Money::minus));
        return Stream.concat(made.stream().map(Refund::amount), outside);
    }

    private Stream<Money> lost(Invoice invoice) {
        return ports.payments().of(invoice.id()).stream()
                .filter(payment -> payment.dispute().equals(Optional.of(Dispute.LOST))).map(Payment::amount);
    }

    private Stream<Refund> refunds(Invoice invoice) {
        return ports.payments().of(invoice.id()).stream()
                .flatMap(payment -> ports.payments().refundsOf(payment.id()).stream())
                .filter(refund -> refund.status() == Refund.Status.SUCCEEDED);
    }

    /** What is left of the notes, and what was paid too much and has not gone back. */
    private void balanceIsWhatNotesSay() {
        var said = new TreeMap<String, Money>();
        for (Invoice invoice : invoices) {
            Stream<Money> notes = ports.creditNotes().of(invoice.id()).stream().map(CreditNote::balance);
            Stream<Money> surplus = ports.payments().of(invoice.id()).stream().map(Payment::surplus);
            Stream<Money> back = refunds(invoice).filter(refund -> refund.reference().startsWith("surplus-"))
                    .map(refund -> refund.amount().negated());
            Stream.of(notes, surplus, back).flatMap(stream -> stream)
                    .forEach(money -> said.merge(money.currency().getCurrencyCode(), money, Money::plus));
        }
        assertStands("customer-balance", said);
    }

    private void clearingIsWhatTheProviderSays() {
        var said = new TreeMap<String, Money>();
        provider.charges().stream().filter(charge -> charge.outcome() == Charge.Outcome.SUCCEEDED).map(Charge::amount)
                .forEach(money -> said.merge(money.currency().getCurrencyCode(), money.negated(), Money::plus));
        provider.refunds().stream().filter(refund -> refund.status() == Refund.Status.SUCCEEDED).map(Refunded::amount)
                .forEach(money -> said.merge(money.currency().getCurrencyCode(), money, Money::plus));
        invoices.forEach(invoice -> lost(invoice)
                .forEach(money -> said.merge(money.currency().getCurrencyCode(), money, Money::plus)));
        assertStands("clearing:bank", said);
    }

    /** Bought credits have paid for what they paid for; granted ones were given away. */
    private void creditsAreWhatWalletsSay() {
        for (Invoice invoice : invoices) {
            Map<WalletTransaction.Kind, Money> spent = new EnumMap<>(WalletTransaction.Kind.class);
            for (WalletTransaction moved : ports.wallets().ofInvoice(invoice.id().value())) {
                moved.sources().forEach(source -> spent.merge(kind(source), moved.kind() == WalletTransaction.Kind.CONSUMED
                        ? source.credits().worth() : source.credits().worth().negated(), Money::plus));
            }
            List<JournalEntry> entries = entries("own:" + invoice.id());
            Money zero = Money.zero(invoice.currency());
            assertThat(sum(entries.stream().filter(entry -> entry.key().kind() == Kind.PREPAID).toList(),
                    LedgerAccount.PREPAID, invoice)).isEqualTo(spent.getOrDefault(WalletTransaction.Kind.PURCHASED, zero));
            assertThat(sum(entries.stream().filter(entry -> entry.key().fact().equals("granted")).toList(),
                    LedgerAccount.revenue(FamilyRules.OTHER), invoice))
                    .isEqualTo(spent.getOrDefault(WalletTransaction.Kind.GRANTED, zero));
        }
    }

    private WalletTransaction.Kind kind(WalletTransaction.Source source) {
        return ports.wallets().findAll(List.of(source.topUp())).get(0).kind();
    }

    private List<JournalEntry> entries(String id) {
        return ports.journal().look(id).drafts().stream().map(Draft::entry).toList();
    }

    /** @param said by currency; what is on the credit side is above zero */
    private void assertStands(String account, Map<String, Money> said) {
        Map<String, Money> stands = ports.journal().balances(Optional.empty(), Scope.BOTH).stream()
                .filter(balance -> balance.account().code().equals(account)).map(Balance::net)
                .filter(net -> !net.isZero())
                .collect(Collectors.toMap(net -> net.currency().getCurrencyCode(), Money::negated));
        said.values().removeIf(Money::isZero);
        assertThat(stands).as(account).isEqualTo(said);
    }
}
