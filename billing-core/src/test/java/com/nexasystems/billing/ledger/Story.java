package com.nexasystems.billing.ledger;

import static com.nexasystems.billing.testing.Cases.chance;
import static com.nexasystems.billing.testing.Cases.oneOf;

import com.nexasystems.billing.ledger.InvoiceFacts.CreditedLine;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The life of one invoice at its source, and what it comes to in the books, worked out the short way: no entries, only what
 * was invoiced less what was paid, credited and given up. All amounts are in minor units.
 */
final class Story {

    private static final Map<String, List<Levied>> PLACES = Map.of(
            "CA-ON", List.of(new Levied("HST", "13", "HST-ON")), "CA-AB", List.of(new Levied("GST", "5", "GST")),
            "CA-QC", List.of(new Levied("GST", "5", "GST"), new Levied("QST", "9.975", "QST")), "DE", List.of());
    private static final Map<String, String> FAMILIES = Map.of("Growth plan", "hosting", "Managed database", "managed",
            "Backup", "add-ons");

    private record Levied(String name, String percent, String code) { }

    private record Sold(String text, long net, boolean prepaid) { }

    private record Given(String id, String day, long net, List<Long> taxes, long offset, long toBalance, long refunded,
                         long outside) { }

    private record Moved(String id, String provider, long amount, String day, boolean surplus) { }

    final String id;
    private final SplittableRandom random;
    private final Currency currency;
    private final String place;
    private final String party;
    private final List<Sold> lines = new ArrayList<>();
    private final List<Given> notes = new ArrayList<>();
    private final List<Moved> payments = new ArrayList<>();
    private final List<Moved> refunds = new ArrayList<>();
    private State state;
    private String issued;
    private long toBalance;
    private long prepaid;
    private long overpaid;
    private Optional<String> writtenOff = Optional.empty();
    private Optional<String> revisedBy = Optional.empty();
    private boolean disputed;
    private int things;

    Story(SplittableRandom random, String id, LocalDate day) {
        this.id = id;
        this.random = random;
        this.currency = Currency.getInstance(oneOf(random, "CAD", "CAD", "JPY", "KWD"));
        this.place = oneOf(random, "CA-ON", "CA-AB", "CA-QC", "DE");
        this.party = "cus_" + random.nextInt(4);
        this.state = chance(random, 20) ? State.DRAFT : State.OPEN;
        this.issued = day.toString();
        begin();
    }

    private void begin() {
        int sign = chance(random, 10) ? -1 : 1;
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            String text = oneOf(random, "Growth plan", "Managed database", "Backup");
            lines.add(new Sold(text, sign * random.nextLong(1, 50_000), sign > 0 && chance(random, 10)));
        }
        if (chance(random, 5)) {
            lines.add(new Sold("Growth plan", -lines.stream().mapToLong(Sold::net).sum(), false));
        }
        if (total() < 0) {
            toBalance = total();
        } else if (chance(random, 20)) {
            toBalance = random.nextLong(0, total() + 1);
        } else if (chance(random, 20)) {
            prepaid = random.nextLong(0, total() + 1);
        }
        payIfNothingIsDue();
    }

    // --- what happens

    /** Something that can happen to it in its state. */
    void goOn(LocalDate today) {
        String day = today.toString();
        if (state == State.DRAFT) {
            state = State.OPEN;
            issued = day;
            payIfNothingIsDue();
        } else if (chance(random, 8)) {
            disputed = !disputed;
        } else if (chance(random, 8) && payments.isEmpty() && notes.isEmpty()) {
            correct(day);
        } else if (state == State.OPEN || state == State.UNCOLLECTIBLE) {
            whileOpen(day);
        } else if (state == State.PAID) {
            afterwards(day);
        }
    }

    /** What the source says of it is another thing from now on. */
    private void correct(String day) {
        Sold first = lines.get(0);
        lines.set(0, new Sold(oneOf(random, "Growth plan", "Managed database", "Backup"), first.net, first.prepaid));
        issued = chance(random, 50) ? day : issued;
    }

    private void whileOpen(String day) {
        switch (random.nextInt(7)) {
            case 0 -> pay(remaining(), day);
            case 1 -> pay(random.nextLong(1, remaining() + 1), day);
            case 2 -> {
                long surplus = random.nextLong(1, 1000);
                pay(remaining() + surplus, day);
                overpaid += surplus;
            }
            case 3 -> note(random.nextLong(1, remaining() + 1), day, true);
            case 4 -> withdraw("");
            case 5 -> {
                writtenOff = writtenOff.or(() -> Optional.of(day));
                state = State.UNCOLLECTIBLE;
            }
            default -> pay(Math.min(remaining(), 100), day);
        }
        payIfNothingIsDue();
    }

    private void afterwards(String day) {
        switch (random.nextInt(4)) {
            case 0, 1 -> note(random.nextLong(1, Math.max(2, total())), day, false);
            case 2 -> refund(day, false);
            default -> refund(day, true);
        }
    }

    /** It is void from now on, if nothing has been done to it. */
    boolean withdraw(String by) {
        boolean can = payments.isEmpty() && notes.isEmpty() && state != State.DRAFT && state != State.PAID;
        if (can) {
            state = State.VOID;
            revisedBy = Optional.of(by).filter(text -> !text.isEmpty());
        }
        return can;
    }

    void explain() {
        disputed = false;
    }

    private void payIfNothingIsDue() {
        if ((state == State.OPEN || state == State.UNCOLLECTIBLE) && remaining() == 0) {
            state = State.PAID;
        }
    }

    private void pay(long amount, String day) {
        payments.add(new Moved(next("py"), oneOf(random, "stripe", "outside"), amount, day, false));
    }

    /** Gives back what is left to give back, at most; a part of it as tax. */
    private void note(long wanted, String day, boolean before) {
        long given = notes.stream().mapToLong(Given::net).sum();
        long left = lines.get(0).prepaid ? 0 : Math.min(wanted, lines.get(0).net - given);
        if (left <= 0) {
            return;
        }
        List<Long> taxes = levied().stream().map(levy -> tax(levy, left)).toList();
        long all = left + sum(taxes);
        if (before && all > remaining() || !before && all > paid() - refunded() - promised()) {
            return;
        }
        long first = before ? all : random.nextLong(0, all + 1);
        long second = before ? 0 : random.nextLong(0, all - first + 1);
        notes.add(before ? new Given(next("cn"), day, left, taxes, all, 0, 0, 0)
                : new Given(next("cn"), day, left, taxes, 0, first, second, all - first - second));
        if (!before && second > 0 && chance(random, 70)) {
            refunds.add(new Moved(next("re"), "stripe", second, day, false));
        }
    }

    private void refund(String day, boolean surplus) {
        long left = surplus ? overpaid - refunds.stream().filter(Moved::surplus).mapToLong(Moved::amount).sum()
                : paid() - overpaid - refunded() - promised();
        if (left > 0) {
            refunds.add(new Moved(next("re"), "stripe", random.nextLong(1, left + 1), day, surplus));
        }
    }

    private String next(String kind) {
        return kind + "_" + ++things;
    }

    // --- sums

    private List<Levied> levied() {
        return PLACES.get(place);
    }

    private static long tax(Levied levy, long net) {
        return new BigDecimal(net).multiply(new BigDecimal(levy.percent)).movePointLeft(2)
                .setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    private long net() {
        return lines.stream().mapToLong(Sold::net).sum();
    }

    private long total() {
        return net() + levied().stream().mapToLong(levy -> tax(levy, net())).sum();
    }

    private long paid() {
        return payments.stream().mapToLong(Moved::amount).sum();
    }

    private long refunded() {
        return refunds.stream().mapToLong(Moved::amount).sum();
    }

    private long promised() {
        return notes.stream().mapToLong(note -> note.toBalance + note.refunded + note.outside).sum();
    }

    private long remaining() {
        return total() - toBalance - prepaid - notes.stream().mapToLong(Given::offset).sum() - paid() + overpaid;
    }

    private static long sum(List<Long> amounts) {
        return amounts.stream().mapToLong(Long::longValue).sum();
    }

    // --- what the source says, and what the books have to say

    FactsSample told() {
        FactsSample told = FactsSample.of(id).in(currency.getCurrencyCode()).is(state).to(party, party).from(place)
                .issued(state == State.DRAFT ? "" : issued).toBalance(text(toBalance)).prepaid(text(prepaid))
                .overpaid(text(overpaid));
        lines.forEach(line -> {
            if (line.prepaid) {
                told.prepaidLine(line.text, text(line.net));
            } else {
                told.line(line.text, text(line.net));
            }
        });
        levied().forEach(levy -> told.tax(levy.name, levy.percent, text(tax(levy, net()))));
        payments.forEach(payment -> told.pays(payment.id, payment.provider, text(payment.amount), payment.day));
        notes.forEach(note -> tell(told, note));
        refunds.forEach(refund -> {
            if (refund.surplus) {
                told.refundOfSurplus(refund.id, text(refund.amount), refund.day);
            } else {
                told.refund(refund.id, text(refund.amount), refund.day);
            }
        });
        writtenOff.ifPresent(told::writtenOff);
        revisedBy.ifPresent(told::revisedBy);
        return disputed ? told.unexplained("a dispute") : told;
    }

    private void tell(FactsSample told, Given note) {
        var taxes = new ArrayList<Tax>();
        for (int i = 0; i < note.taxes.size(); i++) {
            Levied levy = levied().get(i);
            taxes.add(told.taxOf(levy.name, levy.percent, false, told.money(text(note.net)), text(note.taxes.get(i))));
        }
        var line = new CreditedLine(Optional.of("il_1"), "back", told.money(text(note.net)));
        told.note(note.id, note.day, List.of(line), taxes,
                uses -> uses.takesOff(text(note.offset)).puts(text(note.toBalance)).refunds(text(note.refunded))
                        .givesOutside(text(note.outside)));
    }

    private String text(long minor) {
        return BigDecimal.valueOf(minor, currency.getDefaultFractionDigits()).toPlainString();
    }

    boolean isDisputed() {
        return disputed;
    }

    /** By account and currency, debits above zero; what comes to nothing is left out. */
    Map<String, BigDecimal> books() {
        var sums = new TreeMap<String, Long>();
        if (!disputed && state != State.DRAFT && state != State.VOID && (total() != 0 || net() != 0)) {
            invoiced(sums);
            moved(sums);
        }
        var books = new TreeMap<String, BigDecimal>();
        sums.forEach((account, minor) -> {
            if (minor != 0) {
                books.put(account + " " + currency, BigDecimal.valueOf(minor, currency.getDefaultFractionDigits()));
            }
        });
        return books;
    }

    private void invoiced(Map<String, Long> sums) {
        add(sums, "receivable", total() - toBalance - prepaid);
        add(sums, "customer-balance", toBalance);
        add(sums, "prepaid", prepaid);
        lines.forEach(line -> add(sums, line.prepaid ? "prepaid" : "revenue:" + FAMILIES.get(line.text), -line.net));
        levied().forEach(levy -> add(sums, "tax:" + levy.code, -tax(levy, net())));
        notes.forEach(note -> {
            add(sums, "receivable", -note.offset - note.refunded);
            add(sums, "customer-balance", -note.toBalance);
            add(sums, "clearing:outside", -note.outside);
            add(sums, "revenue:" + FAMILIES.get(lines.get(0).text), note.net);
            for (int i = 0; i < note.taxes.size(); i++) {
                add(sums, "tax:" + levied().get(i).code, note.taxes.get(i));
            }
        });
    }

    private void moved(Map<String, Long> sums) {
        payments.forEach(payment -> {
            add(sums, "clearing:" + payment.provider, payment.amount);
            add(sums, "receivable", -payment.amount);
        });
        add(sums, "receivable", overpaid);
        add(sums, "customer-balance", -overpaid);
        refunds.forEach(refund -> {
            add(sums, "clearing:" + refund.provider, -refund.amount);
            add(sums, refund.surplus ? "customer-balance" : "receivable", refund.amount);
        });
        long givenUp = state == State.UNCOLLECTIBLE ? remaining() : 0;
        add(sums, "receivable", -givenUp);
        add(sums, "bad-debt", givenUp);
    }

    private static void add(Map<String, Long> sums, String account, long amount) {
        sums.merge(account, amount, Long::sum);
    }
}
