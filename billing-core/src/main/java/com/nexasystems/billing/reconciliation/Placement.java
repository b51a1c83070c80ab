package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.reconciliation.Actual.Line;
import com.nexasystems.billing.reconciliation.Actual.Role;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceItem;
import com.nexasystems.billing.shadow.SourceItem.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which charges of an application belong to which period: an item to the period that its own time overlaps most, what has no
 * time to where the plan's price of its invoice is. So an invoice counts once, whatever the number of its items.
 */
final class Placement {

    private static final Set<String> NOT_CHARGED = Set.of("void", "voided", "draft", "deleted", "cancelled", "canceled");

    private final List<ShadowPeriod> periods;
    private final List<Tariff> tariffs;
    private final ItemWords words;
    private final Map<ShadowPeriod, Actual> actuals = new LinkedHashMap<>();
    private final List<SourceInvoice> unplaced = new ArrayList<>();
    private Optional<Instant> flatThrough = Optional.empty();

    /**
     * @param tariffs of the periods, in their order
     * @param words   of all invoices of the subscription
     */
    Placement(List<ShadowPeriod> periods, List<Tariff> tariffs, ItemWords words) {
        this.periods = periods;
        this.tariffs = tariffs;
        this.words = words;
        periods.forEach(period -> actuals.put(period, new Actual()));
    }

    static boolean isCharged(SourceInvoice invoice) {
        return !NOT_CHARGED.contains(invoice.status());
    }

    Placement place(List<SourceInvoice> invoices) {
        invoices.stream().filter(Placement::isCharged).forEach(this::place);
        return this;
    }

    Actual actual(ShadowPeriod period) {
        return actuals.get(period);
    }

    /** Charged, but for no time that is known. */
    List<SourceInvoice> unplaced() {
        return unplaced;
    }

    /** The end of the latest time that the plan's price was charged for, also of periods that are not over. */
    Optional<Instant> flatThrough() {
        return flatThrough;
    }

    private void place(SourceInvoice invoice) {
        List<Role> roles = roles(invoice);
        if (invoice.items().stream().allMatch(item -> item.start().isEmpty())) {
            unplaced.add(invoice);
            return;
        }
        Optional<ShadowPeriod> main = main(invoice, roles);
        if (!isComparable(invoice)) {
            Stream.concat(main.stream(), usagePeriods(invoice, roles)).distinct()
                    .forEach(period -> actuals.get(period).addForeign(invoice));
            return;
        }
        BigDecimal rest = invoice.subtotal();
        for (int i = 0; i < invoice.items().size(); i++) {
            SourceItem item = invoice.items().get(i);
            rest = rest.subtract(item.amount());
            if (roles.get(i) == Role.FLAT && item.amount().signum() > 0) {
                flatThrough = Stream.concat(flatThrough.stream(), item.end().stream()).max(Comparator.naturalOrder());
            }
            var line = new Line(invoice, roles.get(i), Optional.of(item), item.amount());
            (item.start().isPresent() ? period(item) : main).ifPresent(period -> actuals.get(period).add(line));
        }
        if (rest.signum() != 0) {
            var line = new Line(invoice, Role.DIFFERENCE, Optional.empty(), rest);
            main.ifPresent(period -> actuals.get(period).add(line));
        }
    }

    /** Usage may be on a later invoice than the price of its period. */
    private Stream<ShadowPeriod> usagePeriods(SourceInvoice invoice, List<Role> roles) {
        List<SourceItem> items = invoice.items();
        return IntStream.range(0, items.size()).filter(i -> roles.get(i) == Role.USAGE && items.get(i).start().isPresent())
                .boxed().flatMap(i -> period(items.get(i)).stream());
    }

    private boolean isComparable(SourceInvoice invoice) {
        return tariffs.isEmpty() || tariffs.get(0).currency().getCurrencyCode().equals(invoice.currency());
    }

    private Optional<ShadowPeriod> main(SourceInvoice invoice, List<Role> roles) {
        List<SourceItem> items = invoice.items();
        Optional<SourceItem> flat = first(items, roles, Role.FLAT);
        return flat.or(() -> items.stream().filter(item -> item.start().isPresent()).findFirst()).flatMap(this::period);
    }

    private static Optional<SourceItem> first(List<SourceItem> items, List<Role> roles, Role role) {
        for (int i = 0; i < items.size(); i++) {
            if (roles.get(i) == role && items.get(i).start().isPresent()) {
                return Optional.of(items.get(i));
            }
        }
        return Optional.empty();
    }

    /** Empty if it is for the time before the subscription, or for a period that is not over. */
    private Optional<ShadowPeriod> period(SourceItem item) {
        Instant start = item.start().orElseThrow();
        Instant end = item.end().filter(start::isBefore).orElse(start.plusSeconds(1));
        return periods.stream().filter(period -> period.overlap(start, end) * 2 > end.getEpochSecond() - start.getEpochSecond()
                        || period.overlap(start, end) * 2 > period.period().length().getSeconds())
                .max(Comparator.comparingLong(period -> period.overlap(start, end)));
    }

    /** What each item is: the words say, and of what they do not tell, one may be the plan's price. */
    private List<Role> roles(SourceInvoice invoice) {
        int flat = flat(invoice);
        Optional<String> own = flat < 0 ? Optional.empty() : Optional.of(invoice.items().get(flat).description());
        var roles = new ArrayList<Role>();
        for (int i = 0; i < invoice.items().size(); i++) {
            SourceItem item = invoice.items().get(i);
            boolean again = own.filter(item.description()::equals).isPresent() && item.start().isPresent();
            roles.add(i == flat || again ? Role.FLAT : role(item));
        }
        return roles;
    }

    private Role role(SourceItem item) {
        return switch (words.kind(item)) {
            case PRORATION -> Role.FLAT;
            case USAGE -> Role.USAGE;
            case TAX -> Role.TAX;
            case ONE_OFF -> isPricedAsUsage(item) ? Role.USAGE : Role.ONE_OFF;
            case OTHER -> isPricedAsUsage(item) || words.isMetered(item) ? Role.USAGE : Role.ONE_OFF;
        };
    }

    private boolean isPricedAsUsage(SourceItem item) {
        return item.unitPrice().filter(price -> price.signum() > 0).isPresent()
                && tariffs.stream().anyMatch(tariff -> tariff.isRate(item.unitPrice().get()));
    }

    private int flat(SourceInvoice invoice) {
        int best = -1;
        int most = 1;
        for (int i = 0; i < invoice.items().size(); i++) {
            int likeness = likenessToFlat(invoice.items().get(i));
            if (likeness > most) {
                best = i;
                most = likeness;
            }
        }
        return best;
    }

    private int likenessToFlat(SourceItem item) {
        Kind kind = words.kind(item);
        if (isPricedAsUsage(item) || kind == Kind.TAX) {
            return 0;
        }
        boolean priced = tariffs.stream().anyMatch(tariff -> tariff.isPrice(item.amount())
                || item.unitPrice().filter(tariff::isPrice).isPresent());
        boolean recurs = words.recurs(item);
        if (kind == Kind.USAGE) {
            return tariffs.stream().anyMatch(tariff -> words.hasAmount(item, tariff.price())) ? 2 : 0;
        }
        boolean named = tariffs.stream().anyMatch(tariff -> words.names(item, tariff.plan()));
        return (named ? 4 : words.namesPlan(item) ? 2 : 0) + (priced ? 3 : 0)
                + (kind == Kind.OTHER || recurs ? 2 : 0) + (item.start().isPresent() ? 1 : 0) + (recurs ? 1 : 0);
    }
}
