package com.nexasystems.billing.simulator;

import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceItem;
import com.nexasystems.billing.simulator.BillerRules.ProrationRule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Writes bills into rows, in the company's words. */
final class Invoices {

    private static final Comparator<SourceItem> ITEMS = Comparator
            .comparing((SourceItem item) -> item.start().orElse(Instant.MAX)).thenComparing(SourceItem::id);
    private static final int OPEN_PER_MILLE = 40;
    private static final int OPEN_IF_PAST_DUE_PER_MILLE = 500;
    private static final int TRUE_DATE_PER_MILLE = 300;
    private static final int SYNC_AFTER_DAYS = 5;
    private static final int SYNC_HOURS = 80;

    private final Seeds seeds;
    private final Wording wording;
    private final boolean bySecond;
    private final ZoneId itemZone;
    private final LocalDate end;
    private final LocalDate olderUntil;
    private final Optional<LocalDate> putRight;
    private final List<Invoice> all = new ArrayList<>();
    private long items;

    /** Invoices for what ends within the first of several months have the ids of the provider before. */
    Invoices(CompanySpec spec, BillerRules rules, Seeds seeds, Wording wording, ZoneId itemZone) {
        this.seeds = seeds;
        this.wording = wording;
        this.itemZone = itemZone;
        bySecond = rules.proration() == ProrationRule.BY_SECOND;
        end = spec.end();
        putRight = spec.putRight();
        olderUntil = spec.months() == 1 ? LocalDate.MIN : end.minusMonths(spec.months() - 1L);
    }

    List<Invoice> all() {
        return all;
    }

    void add(Deployment deployment, Term term, Issued issued) {
        boolean pastDue = deployment.status().equals("past_due");
        add(deployment.customer(), Optional.of(deployment.subscriptionId()), issued, term.to(),
                pastDue ? OPEN_IF_PAST_DUE_PER_MILLE : OPEN_PER_MILLE);
    }

    void addOneOff(Customer customer, Bill bill, LocalDate day) {
        add(customer, Optional.empty(), Issued.of(bill), day, OPEN_PER_MILLE);
    }

    /** Where a subscription's period begins in the tables. */
    Instant start(Term term) {
        return term.began().filter(began -> bySecond).orElseGet(() -> midnight(term.from()));
    }

    Instant end(Term term) {
        return midnight(term.to());
    }

    private void add(Customer customer, Optional<String> subscription, Issued issued, LocalDate day, int openPerMille) {
        int number = all.size();
        SplittableRandom random = seeds.random("invoice", number);
        String id = seeds.id("invoice", number);
        boolean open = Seeds.perMille(random, openPerMille);
        String status = issued.voided() ? "void" : open ? "open" : "paid";
        Instant created = created(random, day);
        Bill bill = issued.bill();
        SourceInvoice row = new SourceInvoice(id, customer.id(), subscription,
                Optional.of(billedAt(id, day)), Optional.of(wording.number(number + 1L)),
                issued.inDollars() ? "USD" : wording.currency(), status, bill.subtotal(), bill.tax(), Optional.of(created),
                bill.lines().stream().map(this::item).sorted(ITEMS).toList());
        all.add(new Invoice(row, day, Optional.of(created).filter(at -> status.equals("paid"))
                .map(at -> at.plus(Duration.ofMinutes(random.nextInt(SYNC_HOURS))))));
    }

    private String billedAt(String id, LocalDate day) {
        return day.isAfter(olderUntil) ? "in_" + id.replace("-", "").substring(0, 24) : "lago:" + id;
    }

    /** Mostly when a sync came by. */
    private Instant created(SplittableRandom random, LocalDate day) {
        LocalDate stamped = Seeds.perMille(random, TRUE_DATE_PER_MILLE) ? day
                : putRight.filter(known -> !day.isAfter(known)).orElse(end).plusDays(SYNC_AFTER_DAYS);
        return stamped.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(3 * 3600L + random.nextInt(3600));
    }

    private SourceItem item(Line line) {
        return new SourceItem(seeds.id("item", items++), line.description(), Optional.of(line.quantity()),
                Optional.of(line.unitPrice()), line.amount(), line.term().map(this::start), line.term().map(this::end));
    }

    private Instant midnight(LocalDate day) {
        return day.atStartOfDay(itemZone).toInstant();
    }
}
