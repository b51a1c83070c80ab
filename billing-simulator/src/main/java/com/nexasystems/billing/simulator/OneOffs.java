package com.nexasystems.billing.simulator;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What is sold once, on invoices without a subscription. */
final class OneOffs {

    private static final List<String> WORDS = List.of("Setup fee", "Migration of a website", "Domain renewal",
            "SSL certificate", "Consulting", "Onboarding session", "Priority support", "Installation");
    private static final int LEAST_HALVES = 30;
    private static final int MOST_HALVES = 900;
    private static final long CENTS_PER_HALF = 50;
    /** Days that every month has. */
    private static final int DAYS = 28;

    private final CompanySpec spec;
    private final Seeds seeds;
    private final Biller biller;
    private final List<Customer> customers;

    OneOffs(CompanySpec spec, Seeds seeds, Biller biller, List<Customer> customers) {
        this.spec = spec;
        this.seeds = seeds;
        this.biller = biller;
        this.customers = customers;
    }

    /** For 15 to 450 CAD, in halves. */
    static Line line(SplittableRandom random) {
        long halves = LEAST_HALVES + random.nextInt(MOST_HALVES - LEAST_HALVES);
        return Line.oneOff(Seeds.one(random, WORDS), BigDecimal.valueOf(halves * CENTS_PER_HALF, 2));
    }

    /** One at least, and until they have the share of the revenue that the spec asks for. */
    List<Planted> sell(Invoices invoices) {
        BigDecimal wanted = revenue(invoices).multiply(BigDecimal.valueOf(spec.oneOffPerMille()));
        BigDecimal perMilleOfRest = BigDecimal.valueOf(1000L - spec.oneOffPerMille());
        List<Planted> sold = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        while (sold.isEmpty() || sum.multiply(perMilleOfRest).compareTo(wanted) < 0) {
            Planted next = sell(invoices, seeds.random("one-off", sold.size()));
            sold.add(next);
            sum = sum.add(next.amount());
        }
        return sold;
    }

    private Planted sell(Invoices invoices, SplittableRandom random) {
        Customer customer = Seeds.one(random, customers);
        LocalDate month = spec.start().plusMonths(random.nextInt(spec.months()));
        Line line = line(random);
        Bill bill = biller.bill(List.of(line), customer.taxRate());
        invoices.addOneOff(customer, bill, month.plusDays(random.nextInt(DAYS)));
        return new Planted(Deviation.ONE_OFF_UNLINKED, customer.id(), month, bill.subtotal(),
                line.description() + " without a subscription");
    }

    private static BigDecimal revenue(Invoices invoices) {
        return invoices.all().stream().map(Invoice::row).filter(row -> !row.status().equals("void"))
                .map(row -> row.subtotal()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
