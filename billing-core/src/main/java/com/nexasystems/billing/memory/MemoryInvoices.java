package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.invoicing.BillingTerms;
import com.nexasystems.billing.invoicing.BillingTerms.Terms;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.InvoiceLine;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.invoicing.InvoiceSearch;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.invoicing.Invoices;
import com.nexasystems.billing.invoicing.Stretch;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class MemoryInvoices implements Invoices {

    private static final Comparator<Invoice> BY_DUE_DATE = Comparator.comparing(Invoice::due)
            .thenComparing(invoice -> invoice.reason().subject().toString())
            .thenComparing(invoice -> invoice.reason().kind());
    private static final Comparator<Invoice> LARGEST_FIRST = Comparator
            .comparing((Invoice invoice) -> invoice.total().amount(), Comparator.reverseOrder()).thenComparing(BY_DUE_DATE);

    private static final Comparator<Invoice> LATEST_FIRST = Comparator.comparing(Invoice::due)
            .thenComparing(invoice -> invoice.id().toString()).reversed();

    private final Memory memory;
    private final BillingTerms terms;
    private final Predicate<InvoiceId> collectionFailed;
    private final Map<InvoiceId, Invoice> byId = new LinkedHashMap<>();

    MemoryInvoices(Memory memory, BillingTerms terms, Predicate<InvoiceId> collectionFailed) {
        this.memory = memory;
        this.terms = terms;
        this.collectionFailed = collectionFailed;
    }

    @Override
    public List<InvoiceId> add(List<Invoice> drafts) {
        return put(drafts, draft -> !byId.containsKey(draft.id()));
    }

    @Override
    public List<InvoiceId> replace(List<Invoice> drafts) {
        return put(drafts, this::isDraft);
    }

    @Override
    public List<InvoiceId> finalise(List<Invoice> numbered) {
        return put(numbered, this::isDraft);
    }

    private List<InvoiceId> put(List<Invoice> invoices, Predicate<Invoice> allowed) {
        return memory.call(() -> invoices.stream().filter(invoice -> {
            boolean put = allowed.test(invoice);
            if (put) {
                memory.put(byId, invoice.id(), invoice);
            }
            return put;
        }).map(Invoice::id).toList());
    }

    long countDrafts() {
        return byId.values().stream().filter(invoice -> invoice.status() == InvoiceStatus.DRAFT).count();
    }

    private boolean isDraft(Invoice invoice) {
        Invoice stored = byId.get(invoice.id());
        return stored != null && stored.status() == InvoiceStatus.DRAFT;
    }

    @Override
    public boolean changeStatus(InvoiceId id, InvoiceStatus expected, InvoiceStatus next) {
        return change(id, expected, stored -> stored.in(next));
    }

    @Override
    public boolean pay(InvoiceId id, InvoiceStatus expected, Money paid, InvoiceStatus next) {
        return change(id, expected, stored -> stored.paid(paid, next));
    }

    private boolean change(InvoiceId id, InvoiceStatus expected, UnaryOperator<Invoice> change) {
        return memory.call(() -> {
            Invoice stored = byId.get(id);
            if (stored == null || stored.status() != expected) {
                return false;
            }
            memory.put(byId, id, change.apply(stored));
            return true;
        });
    }

    Stream<Invoice> all() {
        return byId.values().stream();
    }

    @Override
    public Optional<Invoice> find(InvoiceId id) {
        return memory.call(() -> Optional.ofNullable(byId.get(id)));
    }

    @Override
    public Optional<Invoice> claim(InvoiceId id) {
        return find(id);
    }

    @Override
    public Optional<Invoice> findByNumber(String number) {
        return memory.call(() -> byId.values().stream().filter(invoice -> invoice.status() != InvoiceStatus.REGROUPED)
                .filter(invoice -> invoice.number().equals(Optional.of(number))).findFirst());
    }

    @Override
    public List<Invoice> list(InvoiceQuery query) {
        Comparator<Invoice> order = query.order() == InvoiceQuery.Order.BY_DUE_DATE ? BY_DUE_DATE : LARGEST_FIRST;
        return sorted(order, query.after(), query.limit(), invoice ->
                query.service().map(invoice.service()::equals).orElse(true)
                        && query.subscription().map(invoice::isOf).orElse(true)
                        && query.dueFrom().map(from -> !invoice.due().isBefore(from)).orElse(true)
                        && query.dueUntil().map(until -> !invoice.due().isAfter(until)).orElse(true));
    }

    @Override
    public Page<Invoice> search(InvoiceSearch search, PageRequest request) {
        return memory.call(() -> Page.of(byId.values().stream().filter(invoice -> matches(invoice, search))
                .sorted(LATEST_FIRST).toList(), request));
    }

    private boolean matches(Invoice invoice, InvoiceSearch search) {
        BigDecimal total = invoice.total().amount();
        return invoice.service().equals(search.service())
                && search.customer().map(invoice.customer()::equals).orElse(true)
                && search.statuses().contains(invoice.status())
                && search.kinds().contains(invoice.reason().kind())
                && search.settled().map(is -> is == isSettled(invoice)).orElse(true)
                && search.failed().map(is -> is == isFailed(invoice)).orElse(true)
                && search.overdue().map(overdue -> overdue.is() == isOverdue(invoice, overdue.on())).orElse(true)
                && search.issuedFrom().map(day -> !invoice.issueDate().isBefore(day)).orElse(true)
                && search.issuedUntil().map(day -> !invoice.issueDate().isAfter(day)).orElse(true)
                && search.least().map(least -> total.compareTo(least) >= 0).orElse(true)
                && search.most().map(most -> total.compareTo(most) <= 0).orElse(true)
                && search.currency().map(invoice.currency()::equals).orElse(true)
                && search.text().map(text -> contains(invoice.customerName(), text)
                || contains(invoice.number().orElse(""), text)).orElse(true)
                && search.ids().map(ids -> ids.contains(invoice.id())).orElse(true);
    }

    private static boolean isSettled(Invoice invoice) {
        return invoice.status() == InvoiceStatus.PAID
                || invoice.status() == InvoiceStatus.FINALISED && invoice.payable().equals(invoice.paid());
    }

    private boolean isFailed(Invoice invoice) {
        return invoice.status() == InvoiceStatus.UNCOLLECTIBLE
                || invoice.status() == InvoiceStatus.FINALISED && collectionFailed.test(invoice.id());
    }

    private boolean isOverdue(Invoice invoice, LocalDate on) {
        var holder = new ServiceCustomer(invoice.service(), invoice.customer());
        int days = terms.of(List.of(holder)).getOrDefault(holder, Terms.OF_THE_HOUSE).netPaymentDays().orElse(0);
        return invoice.status() == InvoiceStatus.FINALISED && !isSettled(invoice)
                && invoice.issueDate().plusDays(days).isBefore(on);
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    @Override
    public List<Invoice> drafts(Instant dueUntil, Optional<Invoice> after, int limit) {
        return sorted(BY_DUE_DATE, after, limit,
                invoice -> isDueDraft(invoice, dueUntil));
    }

    @Override
    public List<Invoice> draftsOf(Collection<CustomerId> customers, Instant dueUntil) {
        return sorted(BY_DUE_DATE, Optional.empty(), Integer.MAX_VALUE,
                invoice -> isDueDraft(invoice, dueUntil) && customers.contains(invoice.customer()));
    }

    private static boolean isDueDraft(Invoice invoice, Instant dueUntil) {
        return invoice.status() == InvoiceStatus.DRAFT && !invoice.due().isAfter(dueUntil);
    }

    @Override
    public List<Invoice> billing(Collection<Stretch> stretches) {
        return sorted(BY_DUE_DATE, Optional.empty(), Integer.MAX_VALUE,
                invoice -> stretches.stream().anyMatch(stretch -> bills(invoice, stretch)));
    }

    @Override
    public Map<SubscriptionId, Money> usageBilled(Collection<SubscriptionId> subscriptions) {
        return memory.call(() -> {
            var billed = new HashMap<SubscriptionId, Money>();
            byId.values().forEach(invoice -> subscriptions.stream().filter(invoice::isOf).distinct().forEach(id ->
                    invoice.lines().stream().filter(line -> line.explanation().counted().isPresent())
                            .forEach(line -> billed.merge(id, line.amount(), Money::plus))));
            return billed;
        });
    }

    private static boolean bills(Invoice invoice, Stretch stretch) {
        return invoice.isOf(stretch.subscription()) && Stream.concat(
                invoice.usagePeriod().stream(),
                invoice.lines().stream().filter(line -> line.kind() == InvoiceLine.Kind.ADJUSTMENT
                        || line.kind() == InvoiceLine.Kind.INTERIM)
                        .map(line -> line.explanation().period()))
                .anyMatch(period -> period.start().equals(stretch.start()));
    }

    private List<Invoice> sorted(Comparator<Invoice> order, Optional<Invoice> after, long limit, Predicate<Invoice> wanted) {
        return memory.call(() -> byId.values().stream().filter(wanted)
                .filter(invoice -> after.isEmpty() || order.compare(invoice, after.get()) > 0)
                .sorted(order).limit(limit).toList());
    }
}
