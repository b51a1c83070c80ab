package com.nexasystems.billing.simulator.lago;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lago on a port of this machine, as far as a reader of invoices needs it: {@code GET} of an invoice, and of the lists of
 * invoices, payments and credit notes, with pages, the Bearer key and Lago's own errors.
 *
 * <p>What is issued, paid and credited here has the figures that Lago would give it; whatever else it may say is put over
 * them with {@link #change}. {@link #faults} lets things go wrong. For any number of threads.
 */
public final class FakeLago implements AutoCloseable {

    /** The whole of a credit note. */
    public static final long ALL = Long.MAX_VALUE;

    private final Books books = new Books();
    private final LagoFaults faults = new LagoFaults();
    private final Server server;

    private FakeLago(String key) {
        this.server = Server.started(key, faults, this::answer);
    }

    /** @param key everything else is answered with 401 */
    public static FakeLago started(String key) {
        return new FakeLago(key);
    }

    /** Where it listens. */
    public URI base() {
        return server.base();
    }

    @Override
    public void close() {
        server.stop();
    }

    /** What goes wrong. */
    public LagoFaults faults() {
        return faults;
    }

    /** The requests so far, with their queries. */
    public List<String> requests() {
        return server.log();
    }

    /** @return its lago_id */
    public String issue(NewInvoice invoice) {
        return now(() -> books.issue(invoice));
    }

    /** A field of an invoice says something else from now on. */
    public void change(String invoice, String field, Object value) {
        now(() -> books.invoice(invoice).put(field, value));
    }

    /** A field is not there any more, as in an older Lago. */
    public void drop(String invoice, String field) {
        now(() -> books.invoice(invoice).remove(field));
    }

    /** @param fee counted from 0 */
    public void changeFee(String invoice, int fee, String field, Object value) {
        now(() -> Books.list(books.invoice(invoice), "fees").get(fee).put(field, value));
    }

    /** @param tax counted from 0 */
    public void changeTax(String invoice, int tax, String field, Object value) {
        now(() -> Books.list(books.invoice(invoice), "applied_taxes").get(tax).put(field, value));
    }

    /** A field of a payment or credit note says something else from now on. */
    public void changeOther(String id, String field, Object value) {
        now(() -> List.of(books.payments(), books.notes()).stream().flatMap(List::stream)
                .filter(each -> id.equals(each.get("lago_id"))).findFirst().orElseThrow().put(field, value));
    }

    /** Through Lago's payment provider. */
    public String pay(String invoice, long amount, Instant at) {
        return now(() -> books.pay(List.of(invoice), amount, at, false));
    }

    /** Somewhere else: somebody has told Lago. */
    public String payByHand(String invoice, long amount, Instant at) {
        return now(() -> books.pay(List.of(invoice), amount, at, true));
    }

    /** One payment for all that is due of several invoices. */
    public String payTogether(List<String> invoices, Instant at) {
        return now(() -> books.pay(invoices, invoices.stream()
                .mapToLong(id -> Books.number(books.invoice(id), "total_due_amount_cents")).sum(), at, false));
    }

    /**
     * A credit note. What is neither refunded nor taken off what is due is credited.
     *
     * @param items      what is given back, before coupons and taxes, by the place of the fee, counted from 0
     * @param mostRefund how much of the total is refunded, if there is so much; {@link #ALL} of it, or 0
     * @param mostOffset how much of the rest is taken off what is due
     * @return its lago_id
     */
    public String credit(String invoice, LocalDate issued, Map<Integer, Long> items, long mostRefund, long mostOffset) {
        return now(() -> books.credit(invoice, issued, items, mostRefund, mostOffset));
    }

    /** What an invoice says, by its fields, as it is now. */
    public Map<String, Object> invoice(String id) {
        return now(() -> Map.copyOf(Routes.withoutNulls(books.invoice(id))));
    }

    private <T> T now(Supplier<T> work) {
        synchronized (books) {
            return work.get();
        }
    }

    private Server.Reply answer(String path, Map<String, String> query) {
        return now(() -> Routes.answer(books, path, query));
    }
}
