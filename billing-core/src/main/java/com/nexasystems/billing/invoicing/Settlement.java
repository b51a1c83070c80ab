package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.coupon.AppliedCoupon;
import com.nexasystems.billing.coupon.AppliedCouponId;
import com.nexasystems.billing.coupon.CouponRedemption;
import com.nexasystems.billing.coupon.Coupons;
import com.nexasystems.billing.coupon.Discountable;
import com.nexasystems.billing.coupon.Redemptions;
import com.nexasystems.billing.coupon.RestoreCoupons;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.invoicing.CreditNotes.Draw;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.money.MoneySplit;
import com.nexasystems.billing.tax.TaxAmount;
import com.nexasystems.billing.wallet.DrawDown;
import com.nexasystems.billing.wallet.OpenWallet;
import com.nexasystems.billing.wallet.Payable;
import com.nexasystems.billing.wallet.RestoreWallets;
import com.nexasystems.billing.wallet.WalletChange;
import com.nexasystems.billing.wallet.WalletTransaction;
import com.nexasystems.billing.wallet.Wallets;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sets what a customer has with a service against the invoices that are being issued: coupons before tax, then credit notes,
 * the oldest first, then prepaid wallets. Looks everything up once for a page, and claims it, so that nothing is spent
 * twice.
 */
public final class Settlement {

    private final TakenOff takenOff;
    private final Coupons coupons;
    private final RestoreCoupons couponRestore;
    private final CreditNotes notes;
    private final Wallets wallets;
    private final RestoreWallets walletRestore;
    private final LineTaxes taxes;
    private final Editions editions;
    private final Ids ids;
    private final Clock clock;

    @Inject
    public Settlement(Coupons coupons, RestoreCoupons couponRestore, CreditNotes notes, Wallets wallets,
                      RestoreWallets walletRestore, Invoices invoices, LineTaxes taxes, Plans plans, Ids ids, Clock clock) {
        this.takenOff = new TakenOff(invoices);
        this.coupons = coupons;
        this.couponRestore = couponRestore;
        this.notes = notes;
        this.wallets = wallets;
        this.walletRestore = walletRestore;
        this.taxes = taxes;
        this.editions = new Editions(plans);
        this.ids = ids;
        this.clock = clock;
    }

    /** The drafts with what is taken off and paid; in their order, which is the order in which they are served. */
    List<Invoice> settle(List<Invoice> given) {
        List<Invoice> drafts = retaxed(given, given.stream().map(takenOff::of).toList());
        Set<ServiceCustomer> holders = drafts.stream().filter(draft -> draft.reason().kind().takesCredits())
                .map(Settlement::holder).collect(Collectors.toCollection(LinkedHashSet::new));
        if (holders.isEmpty()) {
            return drafts;
        }
        List<AppliedCoupon> applied = coupons.claim(holders);
        boolean byPlan = applied.stream().anyMatch(coupon -> !coupon.scope().plans().isEmpty());
        var page = new Page(applied, byPlan ? editions.madeFrom(drafts) : Map.of(), notes.claim(holders),
                wallets.claim(holders), clock.instant());
        if (page.isEmpty()) {
            return drafts;
        }
        List<Invoice> settled = discounted(drafts, page).stream().map(page::pay).toList();
        page.keep();
        return settled;
    }

    private static ServiceCustomer holder(Invoice invoice) {
        return new ServiceCustomer(invoice.service(), invoice.customer());
    }

    /** With coupons taken off, and the taxes on what is left. */
    private List<Invoice> discounted(List<Invoice> drafts, Page page) {
        Map<InvoiceId, Redemptions> made = new LinkedHashMap<>();
        drafts.forEach(draft -> page.redeem(draft).ifPresent(redemptions -> made.put(draft.id(), redemptions)));
        if (made.isEmpty()) {
            return drafts;
        }
        return retaxed(drafts, drafts.stream().map(draft -> Optional.ofNullable(made.get(draft.id()))
                .map(redemptions -> discounted(draft, redemptions)).orElse(draft)).toList());
    }

    /** With the taxes of those that have changed. */
    private List<Invoice> retaxed(List<Invoice> before, List<Invoice> after) {
        Set<Invoice> same = Set.copyOf(before);
        Iterator<Invoice> taxed = taxes.on(after.stream().filter(draft -> !same.contains(draft)).toList()).iterator();
        return after.stream().map(draft -> same.contains(draft) ? draft : taxed.next()).toList();
    }

    private static Invoice discounted(Invoice draft, Redemptions redemptions) {
        List<Discount> discounts = redemptions.made().stream().map(used -> new Discount(used.applied().value(),
                used.coupon().value(), used.amount(), used.shares())).toList();
        return draft.settled(discounts, draft.taxes(), List.of());
    }

    /** What was claimed, as the invoices so far have left it. */
    private final class Page {

        private final Map<ServiceCustomer, List<AppliedCoupon>> applied;
        private final Map<PlanCode, PlanCode> madeFrom;
        private final List<CouponRedemption> redeemed = new ArrayList<>();
        private final Map<CreditNoteId, CreditNote> available = new LinkedHashMap<>();
        private final List<Draw> draws = new ArrayList<>();
        private final Map<ServiceCustomer, List<OpenWallet>> open;
        private final List<WalletChange> paid = new ArrayList<>();
        private final Instant now;

        Page(Collection<AppliedCoupon> coupons, Map<PlanCode, PlanCode> madeFrom, Collection<CreditNote> notes,
             Collection<OpenWallet> wallets, Instant now) {
            this.madeFrom = madeFrom;
            this.applied = coupons.stream().collect(Collectors.groupingBy(AppliedCoupon::holder));
            notes.forEach(note -> available.put(note.id(), note));
            this.open = wallets.stream().collect(Collectors.groupingBy(wallet -> wallet.wallet().holder()));
            this.now = now;
        }

        boolean isEmpty() {
            return applied.isEmpty() && available.isEmpty() && open.isEmpty();
        }

        /** Empty if no coupon takes anything off. */
        Optional<Redemptions> redeem(Invoice draft) {
            List<AppliedCoupon> own = applied.getOrDefault(holder(draft), List.of());
            if (own.isEmpty() || !draft.reason().kind().takesCredits()) {
                return Optional.empty();
            }
            Redemptions redemptions = Redemptions.of(discountable(draft), own);
            applied.put(holder(draft), redemptions.after());
            redeemed.addAll(redemptions.made());
            return Optional.of(redemptions).filter(made -> !made.made().isEmpty());
        }

        private Discountable discountable(Invoice draft) {
            return new Discountable(draft.id().value(), holder(draft), draft.lines().stream()
                    .map(line -> discountable(line, Editions.plan(line).orElseThrow())).toList(), now);
        }

        private Discountable.Line discountable(InvoiceLine line, PlanCode plan) {
            return new Discountable.Line(plan, Optional.ofNullable(madeFrom.get(plan)), metric(line),
                    takesCoupons(line) ? line.amount() : Money.zero(line.amount().currency()));
        }

        /** What coupons had taken off before is not for them again. */
        private static boolean takesCoupons(InvoiceLine line) {
            return line.kind() != InvoiceLine.Kind.DISCOUNT;
        }

        Invoice pay(Invoice invoice) {
            if (!invoice.reason().kind().takesCredits()) {
                return invoice;
            }
            var credits = new ArrayList<Credit>();
            Money left = prepaid(invoice, drawn(invoice, credits), credits);
            return left.equals(invoice.total()) ? invoice : invoice.settled(invoice.discounts(), invoice.taxes(), credits);
        }

        /** What the credit notes leave to pay. */
        private Money drawn(Invoice invoice, List<Credit> credits) {
            Money left = invoice.total();
            for (CreditNote note : List.copyOf(available.values())) {
                if (left.amount().signum() > 0 && note.canPay(invoice)) {
                    Money drawn = note.balance().compareTo(left) < 0 ? note.balance() : left;
                    available.put(note.id(), note.drawn(drawn));
                    draws.add(new Draw(invoice.id(), note.id(), drawn, now));
                    credits.add(new Credit(Credit.Kind.CREDIT_NOTE, note.id().value(), drawn));
                    left = left.minus(drawn);
                }
            }
            return left;
        }

        /** What the wallets leave to pay. */
        private Money prepaid(Invoice invoice, Money owed, List<Credit> credits) {
            List<OpenWallet> own = open.getOrDefault(holder(invoice), List.of());
            if (own.isEmpty() || owed.amount().signum() <= 0) {
                return owed;
            }
            DrawDown drawDown = DrawDown.of(new Payable(invoice.id().value(), holder(invoice), owed, withTax(invoice), now),
                    own, ids);
            open.put(holder(invoice), drawDown.after());
            paid.addAll(drawDown.changes());
            drawDown.changes().stream().flatMap(change -> change.added().stream())
                    .map((WalletTransaction paying) -> new Credit(Credit.Kind.PREPAID, paying.wallet().value(),
                            paying.credits().worth()))
                    .forEach(credits::add);
            return owed.minus(drawDown.paid());
        }

        void keep() {
            if (!redeemed.isEmpty()) {
                Set<AppliedCouponId> used = redeemed.stream().map(CouponRedemption::applied).collect(Collectors.toSet());
                coupons.update(applied.values().stream().flatMap(List::stream).filter(coupon -> used.contains(coupon.id()))
                        .toList());
                coupons.record(redeemed);
            }
            if (!draws.isEmpty()) {
                Set<CreditNoteId> used = draws.stream().map(Draw::note).collect(Collectors.toSet());
                notes.update(available.values().stream().filter(note -> used.contains(note.id())).toList());
                notes.record(draws);
            }
            if (!paid.isEmpty()) {
                wallets.store(paid);
            }
        }
    }

    private static Optional<MetricCode> metric(InvoiceLine line) {
        return line.explanation().counted().map(counted -> counted.metric());
    }

    /** What each line comes to after coupons, with its share of the taxes. */
    private static List<Payable.Amount> withTax(Invoice invoice) {
        List<Money> net = invoice.netLines();
        List<Money> whole = new ArrayList<>(net);
        for (TaxAmount tax : invoice.taxes()) {
            List<BigDecimal> weights = IntStream.range(0, net.size())
                    .mapToObj(i -> tax.isOn(i) ? net.get(i).amount().max(BigDecimal.ZERO) : BigDecimal.ZERO).toList();
            if (weights.stream().anyMatch(weight -> weight.signum() > 0)) {
                List<Money> shares = MoneySplit.byWeights(tax.amount(), weights);
                IntStream.range(0, net.size()).forEach(i -> whole.set(i, whole.get(i).plus(shares.get(i))));
            }
        }
        return IntStream.range(0, net.size())
                .mapToObj(i -> new Payable.Amount(metric(invoice.lines().get(i)), whole.get(i))).toList();
    }

    /** Gives back what an invoice that is being voided took. Again, it gives back nothing. */
    void restore(InvoiceId invoice) {
        restoreCoupons(invoice);
        Map<CreditNoteId, Money> drawn = notes.takeBack(invoice).stream()
                .collect(Collectors.toMap(Draw::note, Draw::amount));
        if (!drawn.isEmpty()) {
            notes.update(notes.claimAll(drawn.keySet()).stream().map(note -> note.restored(drawn.get(note.id()))).toList());
        }
        walletRestore.restore(invoice.value());
    }

    /** The coupons alone: a credit note gives back what the others paid. */
    void restoreCoupons(InvoiceId invoice) {
        couponRestore.restore(invoice.value());
    }
}
