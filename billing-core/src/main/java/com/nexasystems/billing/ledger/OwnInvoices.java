package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.invoicing.BillingTerms;
import com.nexasystems.billing.invoicing.CreditNotes;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.invoicing.Invoices;
import com.nexasystems.billing.payment.Payments;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.wallet.Wallets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The invoices that this engine has issued, as one more source. What it says is put down as {@link FactsText} when it is
 * fetched, and that is the evidence. Writes nothing.
 *
 * <p>What is told in another way than an invoice says it:
 * <ul>
 * <li>Where the printed date of an invoice or a credit note is another one in the zone of the books, it is told when that
 * day begins there: the printed date is the date of the entry.
 * <li>One that was regrouped is void, and revised by the one its lines stand on.
 * <li>What prepaid credits paid that were granted for nothing was never owed: it is taken off by a credit note
 * {@code granted} over the invoice's lines. Only what was bought is prepaid.
 * <li>What was withdrawn of a credit note, or of the balance that an invoice below zero gave, is charged again, on the day
 * it was withdrawn, by a note of less than nothing; so the customer's balance is what the notes say, and no entry changes.
 * <li>What people have given back in another way is a refund {@code outside}, on the day it was recorded; what a payer got
 * back from his bank is a refund too.
 * <li>An invoice that was withdrawn with a credit note stands, with that note. One that was withdrawn before money came for
 * it stands only because of that money, and is taken off in whole by a note {@code withdrawn}.
 * <li>One that was withdrawn with a credit note although something was still to be paid, because it had been given to the
 * balance before, is given up on that day.
 * <li>An invoice of which nothing is left to be paid is paid, whatever paid it.
 * </ul>
 */
public final class OwnInvoices implements InvoiceSource {

    /** Of all its ids; the rest is the id of the invoice. */
    public static final String PREFIX = "own:";

    private static final String NAME = "own";
    private static final String DOCUMENT = "facts";

    private final Invoices invoices;
    private final OwnRecords records;
    private final Clock clock;
    private final UnitOfWork unitOfWork;
    private final ZoneId zone;
    private final String provider;

    /**
     * @param zone     of the books, as in {@link LedgerPolicy}
     * @param provider whose clearing account it is on what the payment provider collects, such as {@code stripe}
     */
    public OwnInvoices(Invoices invoices, CreditNotes notes, Payments payments, Wallets wallets, Customers customers,
                       BillingTerms terms, AuditTrail trail, Clock clock, UnitOfWork unitOfWork, ZoneId zone,
                       String provider) {
        this.invoices = invoices;
        this.records = new OwnRecords(invoices, notes, payments, wallets, customers, terms, trail);
        this.clock = clock;
        this.unitOfWork = unitOfWork;
        this.zone = zone;
        this.provider = provider;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean accepts(String invoice) {
        return invoice.startsWith(PREFIX);
    }

    static String idOf(InvoiceId invoice) {
        return PREFIX + invoice;
    }

    @Override
    public List<Fetched> fetch(List<String> some) {
        List<InvoiceId> wanted = some.stream().flatMap(id -> parsed(id).stream()).distinct().toList();
        try {
            Map<String, InvoiceFacts> known = unitOfWork.call(() -> records.of(wanted)).stream()
                    .map(record -> new OwnFacts(record, zone, provider).facts())
                    .collect(Collectors.toMap(InvoiceFacts::id, facts -> facts));
            Instant now = clock.instant();
            return some.stream().map(id -> fetched(id, Optional.ofNullable(known.get(id)), now)).toList();
        } catch (PortFailure e) {
            return some.stream().<Fetched>map(id -> new Fetched.Unreachable(id, e.getMessage())).toList();
        }
    }

    /** Only as it is written by {@link #idOf}: an invoice has one id. */
    private static Optional<InvoiceId> parsed(String id) {
        try {
            return Optional.of(new InvoiceId(UUID.fromString(id.substring(PREFIX.length()))))
                    .filter(invoice -> idOf(invoice).equals(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Fetched fetched(String id, Optional<InvoiceFacts> found, Instant now) {
        return found.<Fetched>map(facts -> new Fetched.Found(new Evidence(id, now,
                        List.of(new Evidence.Document(DOCUMENT, FactsText.write(facts))))))
                .orElseGet(() -> new Fetched.Missing(id, "there is no such invoice"));
    }

    @Override
    public InvoiceFacts read(Evidence evidence) {
        InvoiceFacts facts = evidence.documents(DOCUMENT).stream().findFirst()
                .map(document -> FactsText.read(document.bytes()))
                .orElseThrow(() -> new InvalidValue(DOCUMENT, "are missing"));
        if (!facts.id().equals(evidence.invoice())) {
            throw new InvalidValue("id", "is that of another invoice: " + facts.id());
        }
        return facts;
    }

    /**
     * By due date, whatever happens meanwhile.
     *
     * @param since of their due dates: an invoice may be issued as much later as the grace period, or a run that was late
     */
    @Override
    public void ids(Optional<Instant> since, Consumer<List<String>> page) {
        InvoiceQuery next = since.map(InvoiceQuery.ALL::dueSince).orElse(InvoiceQuery.ALL).limit(PAGE);
        List<Invoice> found = invoices.list(next);
        while (!found.isEmpty()) {
            List<String> issued = found.stream().filter(invoice -> invoice.status() != InvoiceStatus.DRAFT)
                    .map(invoice -> idOf(invoice.id())).toList();
            if (!issued.isEmpty()) {
                page.accept(issued);
            }
            next = next.after(found.get(found.size() - 1));
            found = invoices.list(next);
        }
    }
}
