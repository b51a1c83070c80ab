package com.nexasystems.billing.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Who rents what, since when. */
final class Deployments {

    private static final List<String> NAMES = List.of("web", "api", "worker", "db", "cache", "shop", "blog", "batch", "ci");
    private static final int YEARLY_PER_MILLE = 80;
    private static final int ACTIVE_PER_MILLE = 850;
    private static final int PAST_DUE_PER_MILLE = 890;
    private static final int CANCELLED_PER_MILLE = 940;
    private static final int PAUSED_PER_MILLE = 975;
    private static final int NEW_PER_MILLE = 180;
    private static final int LONGEST_DAYS = 700;
    /** Seconds of a day that loses an hour to summer time. */
    private static final int SHORTEST_DAY = 23 * 3600;
    /** Usage goes on for some days into the periods that are not finished. */
    private static final int DAYS_AFTER = 2;

    private final CompanySpec spec;
    private final Seeds seeds;
    private final Biller biller;
    private final List<Customer> customers;
    private final List<Plan> onSale;
    private final LocalDate start;

    Deployments(CompanySpec spec, Seeds seeds, Biller biller, List<Customer> customers, List<Plan> plans) {
        this.spec = spec;
        this.seeds = seeds;
        this.biller = biller;
        this.customers = customers;
        this.onSale = plans.stream().filter(Plan::active).toList();
        this.start = spec.start();
    }

    List<Deployment> all() {
        List<Deployment> all = new ArrayList<>();
        for (int index = 0; index < spec.deployments(); index++) {
            all.add(deployment(index, seeds.random("deployment", index)));
        }
        return List.copyOf(all);
    }

    private Deployment deployment(int index, SplittableRandom random) {
        String status = status(random.nextInt(1000));
        boolean byYear = Seeds.perMille(random, YEARLY_PER_MILLE);
        Instant began = began(random, status);
        List<Term> terms = biller.calendar().terms(began, byYear, spec.end());
        Optional<LocalDate> ended = ended(random, status, terms);
        List<Term> finished = terms.stream().filter(term -> billed(term, byYear, ended)).toList();
        Term current = ended.flatMap(end -> terms.stream().filter(term -> term.to().equals(end)).findFirst())
                .orElse(terms.get(terms.size() - 1));
        return new Deployment(index, seeds.id("deployment", index), seeds.id("subscription", index),
                Seeds.one(random, NAMES) + "-" + (index + 1), customer(index, random), plan(random), status, byYear, began,
                ended, finished, current, usedFrom(began, byYear, finished),
                biller.calendar().midnight(ended.orElse(spec.end().plusDays(DAYS_AFTER))));
    }

    /** Each customer has a deployment if there are enough; of the others, a few customers have most. */
    private Customer customer(int index, SplittableRandom random) {
        int any = random.nextInt(1 + random.nextInt(customers.size()));
        return customers.get(index < customers.size() ? index : any);
    }

    private Plan plan(SplittableRandom random) {
        return onSale.get(random.nextInt(1 + random.nextInt(onSale.size())));
    }

    private static String status(int draw) {
        if (draw < ACTIVE_PER_MILLE) {
            return "active";
        }
        if (draw < PAST_DUE_PER_MILLE) {
            return "past_due";
        }
        if (draw < CANCELLED_PER_MILLE) {
            return "cancelled";
        }
        return draw < PAUSED_PER_MILLE ? "paused" : "trialing";
    }

    /** On any day but the first of a month, at any second: before the simulated months, or within one of them. */
    private Instant began(SplittableRandom random, String status) {
        if (status.equals("trialing")) {
            return biller.calendar().midnight(spec.end());
        }
        LocalDate month = start.plusMonths(random.nextInt(spec.months()));
        LocalDate day = Seeds.perMille(random, NEW_PER_MILLE)
                ? month.plusDays(1L + random.nextInt(month.lengthOfMonth() - 1))
                : start.minusDays(1L + random.nextInt(LONGEST_DAYS));
        LocalDate notFirst = day.getDayOfMonth() == 1 ? day.plusDays(1) : day;
        return biller.calendar().midnight(notFirst).plusSeconds(random.nextInt(SHORTEST_DAY));
    }

    /** At the end of a period, so that no period is left to bill. */
    private Optional<LocalDate> ended(SplittableRandom random, String status, List<Term> terms) {
        List<LocalDate> ends = terms.stream().map(Term::to).filter(end -> !end.isAfter(spec.end()))
                .filter(end -> end.isAfter(start.minusMonths(1))).toList();
        boolean over = status.equals("cancelled") || status.equals("paused");
        return over && !ends.isEmpty() ? Optional.of(Seeds.one(random, ends)) : Optional.empty();
    }

    /** A month is billed here if its usage is here from its beginning on, a year if it ends here. */
    private boolean billed(Term term, boolean byYear, Optional<LocalDate> ended) {
        boolean here = byYear ? term.to().isAfter(start) : !term.from().isBefore(start);
        return here && !term.to().isAfter(ended.orElse(spec.end()));
    }

    /** With the first period that is billed here, so that no usage is there that an older invoice would hold. */
    private Instant usedFrom(Instant began, boolean byYear, List<Term> finished) {
        Instant from = byYear || finished.isEmpty() ? biller.calendar().midnight(start) : biller.usageFrom(finished.get(0));
        return from.isAfter(began) ? from : began;
    }
}
