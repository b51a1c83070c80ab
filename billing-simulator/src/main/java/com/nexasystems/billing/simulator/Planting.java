package com.nexasystems.billing.simulator;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Chooses which periods deviate, and how. */
final class Planting {

    /** A billed period. */
    record Spot(Deployment deployment, int number) {

        Term term() {
            return deployment.finished().get(number);
        }

        long index() {
            return deployment.index() * 64L + number;
        }
    }

    private final Deviator deviator;
    private final Seeds seeds;
    private final LocalDate until;
    private final Function<Spot, Billable> billable;
    private final Map<Long, Outcome> outcomes = new HashMap<>();
    private final List<Planted> planted = new ArrayList<>();

    /** @param until last day on which a period ends that may deviate */
    Planting(Deviator deviator, Seeds seeds, LocalDate until, Function<Spot, Billable> billable) {
        this.deviator = deviator;
        this.seeds = seeds;
        this.until = until;
        this.billable = billable;
    }

    /** Each deviation somewhere if it can be, then all of them in turn up to that share of the periods. */
    void plant(List<Deployment> deployments, List<Deviation> deviations, int perMille) {
        List<Spot> spots = spots(deployments);
        if (perMille == 0) {
            return;
        }
        deviations.forEach(deviation -> spots.stream().anyMatch(spot -> planted(deviation, spot)));
        Deque<Deviation> turns = new ArrayDeque<>(deviations);
        for (Spot spot : spots) {
            if (planted.size() * 1000L >= (long) perMille * spots.size()) {
                return;
            }
            turns.stream().filter(deviation -> planted(deviation, spot)).findFirst().ifPresent(deviation -> {
                turns.remove(deviation);
                turns.addLast(deviation);
            });
        }
    }

    Optional<Outcome> outcome(Spot spot) {
        return Optional.ofNullable(outcomes.get(spot.index()));
    }

    List<Planted> planted() {
        return planted;
    }

    private List<Spot> spots(List<Deployment> deployments) {
        List<Spot> spots = new ArrayList<>();
        for (Deployment deployment : deployments) {
            for (int number = 0; number < deployment.finished().size(); number++) {
                Spot spot = new Spot(deployment, number);
                if (!spot.term().to().isAfter(until)) {
                    spots.add(spot);
                }
            }
        }
        Seeds.shuffle(spots, seeds.random("spots", 0));
        return spots;
    }

    private boolean planted(Deviation deviation, Spot spot) {
        if (outcomes.containsKey(spot.index()) || !deviator.mayBefall(deviation, spot.deployment(), spot.term())) {
            return false;
        }
        Optional<Outcome> outcome = deviator.befall(deviation, billable.apply(spot),
                seeds.random("deviation " + deviation, spot.index()));
        outcome.ifPresent(made -> {
            outcomes.put(spot.index(), made);
            planted.add(new Planted(deviation, spot.deployment().subscriptionId(), spot.term().from(), made.amount(),
                    made.note()));
        });
        return outcome.isPresent();
    }
}
