package com.nexasystems.billing.http;

import com.nexasystems.billing.http.LagoPayments.Paid;
import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.Evidence.Document;
import com.nexasystems.billing.ledger.InvoiceFacts;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditNote;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Party;
import com.nexasystems.billing.ledger.InvoiceFacts.Payment;
import com.nexasystems.billing.ledger.InvoiceFacts.Refund;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax.Part;
import com.nexasystems.billing.ledger.InvoiceFacts.Totals;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.tax.Jurisdiction;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What Lago's answers say of an invoice. Asks nobody.
 *
 * <p>Lago's {@code total_amount_cents} is what is left after credit notes and prepaid credits; the total here is
 * {@code sub_total_including_taxes_amount_cents}, and those two have settled the difference. Money is in the currency's
 * smallest unit, which of almost every currency is that of ISO 4217.
 *
 * <p>Unexplained, and so held: a lost dispute; an invoice that the customer issues himself; coupons that were taken off
 * after taxes (before version 3 of Lago's invoices); prepaid credits that were given away and not bought; a void one of
 * which payments or credit notes stand; and what {@link LagoFees}, {@link LagoPayments} and {@link LagoCreditNotes} say.
 */
final class LagoFacts {

    static final String PAYMENTS = "payments";
    static final String NO_PAYMENTS = "no-payments";
    static final String CREDIT_NOTES = "credit-notes";

    private static final String INVOICE = "invoice";
    private static final String STATUS = "status";
    private static final String FINALIZED = "finalized";
    private static final String VOIDED = "voided";
    private static final Set<String> NOT_ISSUED = Set.of("draft", "pending", "failed", "generating", "open");
    private static final Set<String> NOT_STANDING = Set.of(VOIDED, "closed");
    private static final Set<String> TYPES =
            Set.of("subscription", "add_on", "one_off", "credit", "advance_charges", "progressive_billing");
    private static final int COUPONS_BEFORE_TAXES = 3;

    private final ZoneId zone;
    private final Evidence evidence;
    private final LagoObject invoice;
    private final LagoFigures figures;
    private final List<String> unexplained = new ArrayList<>();

    LagoFacts(ZoneId zone, Evidence evidence) {
        this.zone = zone;
        this.evidence = evidence;
        this.invoice = evidence.documents(INVOICE).stream().findFirst().map(document -> parsed(document).part(INVOICE))
                .orElseThrow(() -> new InvalidValue(INVOICE, "is missing"));
        this.figures = LagoFigures.of(invoice);
    }

    /** Whether it is, or once was, to be paid. */
    static boolean wasIssued(LagoObject invoice) {
        return Set.of(FINALIZED, VOIDED).contains(invoice.mandatory(STATUS));
    }

    private static LagoObject parsed(Document document) {
        return LagoObject.parse(document.bytes()).orElseThrow(() -> new InvalidValue(document.name(), "is not JSON"));
    }

    /** @throws InvalidValue if it cannot be read */
    InvoiceFacts read() {
        String id = invoice.mandatory("lago_id");
        if (!evidence.invoice().equals(LagoInvoices.NAME + ":" + id)) {
            throw invoice.invalid("lago_id", "is not that of " + evidence.invoice());
        }
        if (!TYPES.contains(invoice.mandatory("invoice_type"))) {
            throw invoice.invalid("invoice_type", "is not known: " + invoice.mandatory("invoice_type"));
        }
        sayWhatIsUnexplained();
        List<LagoObject> fees = invoice.list("fees");
        fees.forEach(fee -> figures.check(fee, "amount_currency"));
        List<Line> lines = new LagoFees(figures.currency(), fees, unexplained)
                .lines(zeroOr("coupons_amount_cents"), zeroOr("progressive_billing_credit_amount_cents"));
        var notes = new LagoCreditNotes(figures, zone, ofThis(CREDIT_NOTES, "credit_notes"), fees, unexplained);
        List<CreditNote> standing = notes.notes();
        Money offset = offset(standing);
        Money due = figures.money(invoice, "total_amount_cents").minus(offset);
        Paid paid = new LagoPayments(figures, invoice, ofThis(PAYMENTS, "payments"), due, unexplained).read();
        List<Refund> refunds = notes.refunds(provider(paid.payments()));
        State state = state(paid);
        if (state == State.VOID && !(standing.isEmpty() && paid.payments().isEmpty())) {
            unexplained.add("it is void, but its payments or credit notes stand");
        }
        return new InvoiceFacts(evidence.invoice(), invoice.text("number"), state, party(), jurisdiction(),
                figures.currency(), issued(state), invoice.date("payment_due_date"), lines, taxes(fees, lines),
                totals(offset, due, paid), paid.payments(), standing, refunds, Optional.empty(), settled(state, paid),
                Optional.empty(), unexplained);
    }

    private void sayWhatIsUnexplained() {
        if (invoice.has("payment_dispute_lost_at")) {
            unexplained.add("its payer has taken the money back: the dispute was lost on "
                    + invoice.mandatory("payment_dispute_lost_at"));
        }
        if (invoice.isTrue("self_billed")) {
            unexplained.add("it is self-billed: we are its payer");
        }
        if (!zeroOr("prepaid_granted_credit_amount_cents").isZero()) {
            unexplained.add(zeroOr("prepaid_granted_credit_amount_cents")
                    + " of it is paid with credits that were given away, and not bought");
        }
        boolean isOld = invoice.optionalCents("version_number")
                .filter(version -> version.compareTo(BigInteger.valueOf(COUPONS_BEFORE_TAXES)) < 0).isPresent();
        if (isOld && !zeroOr("coupons_amount_cents").isZero()) {
            unexplained.add(zeroOr("coupons_amount_cents") + " of coupons are taken off after taxes");
        }
    }

    private Money zeroOr(String field) {
        return figures.moneyOrZero(invoice, field);
    }

    /** What an older Lago tells of other invoices is left out; what moved to another page meanwhile is told once. */
    private List<LagoObject> ofThis(String document, String list) {
        String id = invoice.mandatory("lago_id");
        var told = new HashSet<String>();
        return pages(document).stream().flatMap(page -> page.list(list).stream())
                .filter(each -> each.text("lago_invoice_id").filter(other -> !other.equals(id)).isEmpty())
                .filter(each -> !each.has("invoice_ids") || each.texts("invoice_ids").contains(id))
                .filter(each -> told.add(each.mandatory("lago_id"))).toList();
    }

    /** All of them: the last one says that none follows. Of what was not issued, and of payments an older Lago, has none. */
    private List<LagoObject> pages(String document) {
        List<LagoObject> pages = evidence.documents(document).stream().map(LagoFacts::parsed).toList();
        boolean isNotAsked = !wasIssued(invoice)
                || document.equals(PAYMENTS) && !evidence.documents(NO_PAYMENTS).isEmpty();
        if (pages.isEmpty() && !isNotAsked) {
            throw new InvalidValue(document, "is missing");
        }
        for (int i = 0; i < pages.size(); i++) {
            Optional<BigInteger> next = pages.get(i).part("meta").optionalCents("next_page");
            Optional<BigInteger> wanted = i + 1 < pages.size() ? Optional.of(BigInteger.valueOf(i + 2)) : Optional.empty();
            if (!next.equals(wanted)) {
                throw new InvalidValue(document, "lacks pages: after page " + (i + 1) + " comes " + next);
            }
        }
        return pages;
    }

    private Money offset(List<CreditNote> standing) {
        String field = "total_offsetted_credit_note_amount_cents";
        return invoice.has(field) ? figures.money(invoice, field)
                : standing.stream().map(CreditNote::offset).reduce(figures.zero(), Money::plus);
    }

    /** A refund goes back by the way the money came. */
    private static String provider(List<Payment> payments) {
        boolean isOutside = !payments.isEmpty()
                && payments.stream().allMatch(payment -> LagoPayments.OUTSIDE.equals(payment.provider()));
        return isOutside ? LagoPayments.OUTSIDE : LagoInvoices.NAME;
    }

    private State state(Paid paid) {
        String status = invoice.mandatory(STATUS);
        if (NOT_ISSUED.contains(status)) {
            return State.DRAFT;
        }
        if (NOT_STANDING.contains(status)) {
            return State.VOID;
        }
        if (!FINALIZED.equals(status)) {
            throw invoice.invalid(STATUS, "is not known: " + status);
        }
        return LagoPayments.isPaid(invoice) || paid.remaining().isZero() ? State.PAID : State.OPEN;
    }

    private Party party() {
        LagoObject customer = invoice.part("customer");
        String person = String.join(" ", Stream.of("firstname", "lastname")
                .flatMap(name -> customer.text(name).stream()).toList());
        String name = customer.text("legal_name").or(() -> customer.text("name"))
                .or(() -> Optional.of(person).filter(full -> !full.isEmpty())).or(() -> customer.text("external_id"))
                .orElseGet(() -> customer.mandatory("lago_id"));
        return new Party(customer.mandatory("lago_id"), name);
    }

    /** The state is free text at Lago: where it is not a code, the country has to do. */
    private Optional<Jurisdiction> jurisdiction() {
        LagoObject customer = invoice.part("customer");
        Optional<String> country = customer.text("country").map(LagoFacts::code).filter(code -> code.matches("[A-Z]{2}"));
        Optional<String> region = customer.text("state").map(LagoFacts::code).filter(code -> code.matches("[A-Z0-9]{1,3}"));
        return country.map(code -> new Jurisdiction(code + region.map(each -> "-" + each).orElse("")));
    }

    private static String code(String text) {
        return text.strip().toUpperCase(Locale.ROOT);
    }

    private Optional<Instant> issued(State state) {
        return state == State.DRAFT ? Optional.empty()
                : invoice.date("issuing_date").map(date -> date.atStartOfDay(zone).toInstant());
    }

    private List<Tax> taxes(List<LagoObject> fees, List<Line> lines) {
        return figures.taxes(invoice.list("applied_taxes"), "fees_amount_cents").stream()
                .map(tax -> new Tax(tax.name(), tax.percent(), false, tax.base(), parts(tax, fees, lines), tax.amount()))
                .toList();
    }

    /** Where a tax provider has computed the taxes, the fees' add up to the invoice's; else they were rounded apart. */
    private List<Part> parts(Tax tax, List<LagoObject> fees, List<Line> lines) {
        List<Part> parts = IntStream.range(0, fees.size()).boxed().flatMap(i -> fees.get(i).list("applied_taxes").stream()
                .filter(each -> LagoFigures.taxName(each).equals(tax.name()))
                .filter(each -> each.decimal("tax_rate").equals(tax.percent()))
                .map(each -> new Part(lines.get(i).net(), figures.money(each, "amount_cents")))).toList();
        boolean isWhole = sum(parts.stream().map(Part::base)).equals(tax.base())
                && sum(parts.stream().map(Part::amount)).equals(tax.amount());
        return isWhole ? parts : List.of();
    }

    private Money sum(Stream<Money> amounts) {
        return amounts.reduce(figures.zero(), Money::plus);
    }

    private Totals totals(Money offset, Money due, Paid paid) {
        return new Totals(figures.money(invoice, "sub_total_excluding_taxes_amount_cents"),
                figures.money(invoice, "sub_total_including_taxes_amount_cents"), zeroOr("credit_notes_amount_cents"),
                zeroOr("prepaid_credit_amount_cents"), offset, due, paid.paid(), paid.remaining(), figures.zero());
    }

    private Optional<Instant> settled(State state, Paid paid) {
        return state != State.PAID || !paid.remaining().isZero() ? Optional.empty()
                : paid.payments().stream().map(Payment::at).max(Comparator.naturalOrder()).or(() -> issued(state));
    }
}
