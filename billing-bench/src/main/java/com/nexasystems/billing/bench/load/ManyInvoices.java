package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.Fetched;
import com.nexasystems.billing.ledger.InvoiceFacts;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Party;
import com.nexasystems.billing.ledger.InvoiceFacts.Payment;
import com.nexasystems.billing.ledger.InvoiceFacts.Sale;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.ledger.InvoiceFacts.Totals;
import com.nexasystems.billing.ledger.InvoiceSource;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.tax.Jurisdiction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Invoices that cost next to nothing to fetch and to read: of two lines and a tax, nine of ten are paid. */
record ManyInvoices(int count) implements InvoiceSource {

    /** Entries of ten invoices: each of its own, and nine payments. */
    static final int ENTRIES_OF_TEN = 19;

    private static final String PREFIX = "many_";
    private static final int EVIDENCE = 8 << 10;
    private static final int CUSTOMERS = 5_000;
    private static final int HOURS = 20_000;
    private static final Currency CAD = Currency.getInstance("CAD");
    private static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");
    private static final Money NOTHING = Money.zero(CAD);

    long entries() {
        return (long) count / 10 * ENTRIES_OF_TEN;
    }

    @Override
    public String name() {
        return "many";
    }

    @Override
    public boolean accepts(String invoice) {
        return invoice.startsWith(PREFIX);
    }

    @Override
    public void ids(Optional<Instant> since, Consumer<List<String>> page) {
        for (int from = 0; from < count; from += PAGE) {
            page.accept(IntStream.range(from, Math.min(count, from + PAGE)).mapToObj(number -> PREFIX + number).toList());
        }
    }

    @Override
    public List<Fetched> fetch(List<String> invoices) {
        return invoices.stream().<Fetched>map(id -> new Fetched.Found(new Evidence(id, FIRST,
                List.of(new Evidence.Document("invoice", json(id)))))).toList();
    }

    /** As well to be compressed as a provider's. */
    private static byte[] json(String id) {
        var random = new Random(number(id));
        var json = new StringBuilder();
        while (json.length() < EVIDENCE) {
            json.append("{\"id\":\"il_").append(Long.toString(random.nextLong(), 36))
                    .append("\",\"object\":\"line_item\",\"amount\":").append(random.nextInt(100_000))
                    .append(",\"currency\":\"cad\",\"discountable\":true,")
                    .append("\"description\":\"1 × Managed hosting (at $12.00 / month)\",\"proration\":false},\n");
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(PREFIX.length()));
    }

    @Override
    public InvoiceFacts read(Evidence evidence) {
        String id = evidence.invoice();
        int number = number(id);
        boolean paid = number % 10 != 0;
        Instant issued = FIRST.plus(Duration.ofHours(number % HOURS));
        Money net = money(10_000 + number % 5_000);
        Money tax = new Money(CAD, net.amount().multiply(new BigDecimal("0.13"))
                .setScale(2, RoundingMode.HALF_UP));
        Money total = net.plus(tax);
        Money hosting = money(6_000);
        Optional<Instant> at = Optional.of(issued.plus(Duration.ofDays(3))).filter(day -> paid);
        return new InvoiceFacts(id, Optional.of("M-" + number), paid ? State.PAID : State.OPEN,
                new Party("cus_" + number % CUSTOMERS, "Customer " + number % CUSTOMERS),
                Optional.of(new Jurisdiction("CA-ON")), CAD, Optional.of(issued), Optional.empty(), List.of(line("1", "Hosting", hosting),
                line("2", "Managed database", net.minus(hosting))),
                List.of(new Tax("HST", Optional.of(new BigDecimal("13")), false, net, List.of(), tax)),
                new Totals(net, total, NOTHING, NOTHING, NOTHING, total, paid ? total : NOTHING,
                        paid ? NOTHING : total, NOTHING),
                at.stream().map(day -> new Payment("pay_" + number, name(), total, day)).toList(), List.of(), List.of(),
                Optional.empty(), at, Optional.empty(), List.of());
    }

    private static Line line(String id, String description, Money amount) {
        return new Line(id, description, Optional.of("price_" + id), false, List.of(), Sale.SERVICE, amount, NOTHING,
                NOTHING);
    }

    private static Money money(long cents) {
        return Money.ofMinor(CAD, BigInteger.valueOf(cents));
    }
}
