package com.nexasystems.billing.http;

import com.nexasystems.billing.ledger.InvoiceFacts.CreditNote;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditedLine;
import com.nexasystems.billing.ledger.InvoiceFacts.Refund;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.money.MoneySplit;
import com.nexasystems.billing.quantity.Decimals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An invoice's credit notes, without those that were voided.
 *
 * <p>An item is what is given back before coupons, so what it earned less is found as with the fees: the coupons' share is
 * that of its fee, and the items add up to what the note says without taxes.
 *
 * <p>Lago does not say when a refund arrived. As long as nothing of the note's credit is used, the last thing that happens
 * to a note is that its refund succeeds: that is when the note was last changed. After that, it is unexplained.
 */
final class LagoCreditNotes {

    private static final String ITEMS = "items";
    private static final String AMOUNT = "amount_cents";
    private static final String ADJUSTMENT = "coupons_adjustment_amount_cents";

    private final LagoFigures figures;
    private final ZoneId zone;
    private final List<LagoObject> standing;
    private final Map<String, LagoObject> fees;
    private final List<String> unexplained;

    /**
     * @param notes       those of the invoice
     * @param unexplained is added to
     */
    LagoCreditNotes(LagoFigures figures, ZoneId zone, List<LagoObject> notes, List<LagoObject> fees,
                    List<String> unexplained) {
        this.figures = figures;
        this.zone = zone;
        this.fees = fees.stream().collect(Collectors.toMap(fee -> fee.mandatory("lago_id"), Function.identity(),
                (one, other) -> one));
        this.unexplained = unexplained;
        this.standing = notes.stream().filter(note -> !isVoid(note)).toList();
        notes.stream().filter(LagoCreditNotes::isVoid).filter(note -> note.centsOrZero("refund_amount_cents").signum() != 0
                        || note.centsOrZero("offset_amount_cents").signum() != 0)
                .forEach(note -> unexplained.add("credit note " + number(note)
                        + " was voided, but not what it refunded or took off what is due"));
    }

    private static boolean isVoid(LagoObject note) {
        return note.text("credit_status").filter("voided"::equals).isPresent();
    }

    private static String number(LagoObject note) {
        return note.text("number").orElseGet(() -> note.mandatory("lago_id"));
    }

    List<CreditNote> notes() {
        return standing.stream().map(this::note).toList();
    }

    private CreditNote note(LagoObject note) {
        return new CreditNote(note.mandatory("lago_id"), note.text("number"), issued(note), lines(note),
                figures.taxes(note.list("applied_taxes"), "base_amount_cents"), figures.money(note, "total_amount_cents"),
                figures.moneyOrZero(note, "offset_amount_cents"), figures.moneyOrZero(note, "credit_amount_cents"),
                figures.moneyOrZero(note, "refund_amount_cents"), figures.zero());
    }

    private Instant issued(LagoObject note) {
        return note.date("issuing_date").orElseThrow(() -> note.invalid("issuing_date", "is missing")).atStartOfDay(zone)
                .toInstant();
    }

    private List<CreditedLine> lines(LagoObject note) {
        List<LagoObject> items = note.list(ITEMS);
        List<Money> amounts = items.stream().map(item -> figures.money(item, AMOUNT)).toList();
        List<Money> off = off(note, items, amounts);
        return IntStream.range(0, items.size()).mapToObj(i -> line(items.get(i), amounts.get(i).minus(off.get(i)))).toList();
    }

    private static CreditedLine line(LagoObject item, Money net) {
        LagoObject fee = item.part("fee");
        return new CreditedLine(Optional.of(fee.mandatory("lago_id")), LagoFees.description(fee), net);
    }

    /** What coupons take off the items: what the note says of it, but to the minor unit by which it says it is less. */
    private List<Money> off(LagoObject note, List<LagoObject> items, List<Money> amounts) {
        List<Money> none = amounts.stream().map(amount -> figures.zero()).toList();
        BigInteger adjustment = note.centsOrZero(ADJUSTMENT);
        if (adjustment.signum() == 0) {
            return none;
        }
        Money whole = amounts.stream().reduce(figures.zero(), Money::plus)
                .minus(figures.money(note, "sub_total_excluding_taxes_amount_cents"));
        List<BigDecimal> weights = IntStream.range(0, items.size()).mapToObj(i -> weight(items.get(i), amounts.get(i)))
                .toList();
        boolean isSaid = whole.minorUnits().subtract(adjustment).abs().compareTo(BigInteger.ONE) <= 0;
        if (!isSaid || weights.stream().allMatch(weight -> weight.signum() == 0)) {
            unexplained.add("credit note " + number(note) + " has coupons of which its fees say nothing");
            return none;
        }
        return MoneySplit.byWeights(whole, weights);
    }

    private BigDecimal weight(LagoObject item, Money amount) {
        LagoObject named = item.part("fee");
        LagoObject fee = fees.getOrDefault(named.mandatory("lago_id"), named);
        BigInteger whole = fee.cents(AMOUNT);
        BigDecimal off = fee.decimal("precise_coupons_amount_cents").orElse(BigDecimal.ZERO);
        if (off.signum() < 0 || amount.isNegative() || whole.signum() < 0) {
            throw item.invalid(AMOUNT, "is below zero, or what coupons took off its fee is");
        }
        return whole.signum() == 0 ? BigDecimal.ZERO
                : off.multiply(new BigDecimal(amount.minorUnits())).divide(new BigDecimal(whole), Decimals.DIVISION);
    }

    /** What has gone back. One that is under way or has failed is none. */
    List<Refund> refunds(String provider) {
        var refunds = new ArrayList<Refund>();
        standing.stream().filter(note -> note.centsOrZero("refund_amount_cents").signum() > 0)
                .filter(note -> note.text("refund_status").filter("succeeded"::equals).isPresent())
                .forEach(note -> arrived(note).ifPresent(at -> refunds.add(new Refund(note.mandatory("lago_id"), provider,
                        figures.money(note, "refund_amount_cents"), at, false))));
        return refunds;
    }

    private Optional<Instant> arrived(LagoObject note) {
        boolean isUsed = !note.centsOrZero("balance_amount_cents").equals(note.centsOrZero("credit_amount_cents"));
        Optional<Instant> at = note.instant("updated_at").filter(any -> !isUsed);
        if (at.isEmpty()) {
            unexplained.add("credit note " + number(note) + " is refunded, and Lago does not say when");
        }
        return at;
    }
}
