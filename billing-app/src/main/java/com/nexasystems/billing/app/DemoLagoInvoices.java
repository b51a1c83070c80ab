package com.nexasystems.billing.app;

import com.nexasystems.billing.simulator.lago.FakeLago;
import com.nexasystems.billing.simulator.lago.NewInvoice;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What Lago issued in the last quarter of 2025: mostly paid, some open, prepaid, credited, withdrawn or never issued. */
final class DemoLagoInvoices {

    private static final int INVOICES = 60;
    private static final LocalDate FIRST = LocalDate.of(2025, 10, 1);
    private static final String HST = "hst_on";

    private final FakeLago lago;
    private final Random random;

    DemoLagoInvoices(FakeLago lago, Random random) {
        this.lago = lago;
        this.random = random;
    }

    /** @return their ids at Lago */
    List<String> issue() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < INVOICES; i++) {
            ids.add(issue(i));
        }
        return ids;
    }

    private String issue(int i) {
        long price = 1_000L * (1 + random.nextInt(20)) + 99;
        LocalDate day = FIRST.plusDays(i + i / 2);
        NewInvoice invoice = NewInvoice.of("customer-" + random.nextInt(25), "CAD", day).tax(HST, "13")
                .fee("subscription", "hosting", "Hosting", price, HST);
        Instant paid = day.plusDays(3).atTime(15, 0).toInstant(ZoneOffset.UTC);
        return switch (i % 15) {
            case 0 -> lago.issue(invoice.status("draft"));
            case 1 -> lago.issue(invoice.status("voided"));
            case 2 -> paid(invoice.fee("add_on", "backup", "Backup", 500, HST).coupons(300), paid);
            case 3 -> byHand(invoice, paid);
            case 4 -> credited(invoice, day, paid);
            case 5 -> paid(invoice.creditNotes(200), paid);
            case 6 -> paid(NewInvoice.of("customer-us", "USD", day).in("US", "NY")
                    .fee("subscription", "hosting", "Hosting", price), paid);
            case 7 -> i < INVOICES / 2 ? paid(invoice, paid) : lago.issue(invoice);
            default -> paid(invoice.fee("charge", "cpu", "CPU-seconds", random.nextInt(900) + 1, HST), paid);
        };
    }

    private String paid(NewInvoice invoice, Instant at) {
        String id = lago.issue(invoice);
        lago.pay(id, due(id), at);
        return id;
    }

    private String byHand(NewInvoice invoice, Instant at) {
        String id = lago.issue(invoice);
        lago.payByHand(id, due(id), at);
        return id;
    }

    private String credited(NewInvoice invoice, LocalDate day, Instant at) {
        String id = paid(invoice, at);
        lago.credit(id, day.plusDays(10), Map.of(0, 500L), 0, 0);
        return id;
    }

    private long due(String id) {
        return ((Number) lago.invoice(id).get("total_due_amount_cents")).longValue();
    }
}
