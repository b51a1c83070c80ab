package com.nexasystems.billing.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.reconciliation.BillerRules;
import com.nexasystems.billing.reconciliation.BillerRules.Rounding;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import com.nexasystems.billing.reconciliation.Reconcile;
import com.nexasystems.billing.reconciliation.RowQuery;
import com.nexasystems.billing.shadow.ImportOptions;
import com.nexasystems.billing.shadow.Platform;
import com.nexasystems.billing.shadow.SourceRow;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.testing.TestClock;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random sequences of everything an operator and the application can do. After each attempt to flip, a model that knows
 * nothing of the engine says whether the gate had to be open.
 */
class GateWalkTest {

    private static final int SEEDS = Integer.getInteger("billing.walks", 600);
    private static final int STEPS = 60;
    private static final Actor EVE = Actor.person("Eve");
    private static final List<String> SUBSCRIPTIONS = List.of("a", "b", "c");
    private static final BigDecimal PRICE = new BigDecimal("20.00");

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_gate_is_open_exactly_when_it_has_to_be(int seed) {
        var walk = new Walk(new Random(seed));
        for (int step = 0; step < STEPS; step++) {
            walk.step();
        }
    }

    /** What is charged in the application for the last cycle, and what else the gate asks for. */
    private static final class World {

        private final Map<String, BigDecimal> charged = new HashMap<>();
        private final Set<String> unpayable = new HashSet<>();
        private BigDecimal unlinked = BigDecimal.ZERO;
        private boolean badRow;
        private LocalDate current = LocalDate.of(2026, 4, 1);

        World() {
            SUBSCRIPTIONS.forEach(id -> charged.put(id, PRICE));
        }

        World copy() {
            var copy = new World();
            copy.charged.putAll(charged);
            copy.unpayable.addAll(unpayable);
            copy.unlinked = unlinked;
            copy.badRow = badRow;
            copy.current = current;
            return copy;
        }

        Platform platform() {
            var platform = new Platform().plan("starter", "20.00", 0);
            LocalDate before = current.minusMonths(1);
            for (String id : SUBSCRIPTIONS) {
                platform.user("user-" + id, id + "@example.org",
                                unpayable.contains(id) ? Optional.empty() : Optional.of("cus_" + id))
                        .subscription(id, "user-" + id, "starter", "2026-03-01", current.toString());
                for (LocalDate month = LocalDate.of(2026, 3, 1); month.isBefore(before); month = month.plusMonths(1)) {
                    platform.invoice(id + month, id, "starter", month.toString(), month.plusMonths(1).toString(), "20.00");
                }
                if (charged.get(id).signum() > 0) {
                    platform.invoice(id + before, id, "starter", before.toString(), current.toString(),
                            charged.get(id).toString());
                }
            }
            if (unlinked.signum() > 0) {
                platform.invoice("once", Optional.empty(), "CAD", "paid", List.of(Platform.item("1", "Consulting",
                        unlinked.toString(), before.plusDays(3).toString(), before.plusDays(4).toString())));
            }
            if (badRow) {
                platform.source().users().add(SourceRow.unreadable("odd", "email: is odd"));
            }
            return platform;
        }
    }

    private static final class Walk {

        private final Random random;
        private final TestClock clock = new TestClock(Instant.parse("2026-04-02T00:00:00Z"));
        private final Billing billing = Billing.over(Ports.inMemory()).clock(clock).build();
        private final Service hosting = billing.register("hosting", "Hosting");
        private final List<ReconciledRow> seen = new ArrayList<>();
        private final Map<String, BigDecimal> accepted = new HashMap<>();
        private World world = new World();
        private Optional<World> imported = Optional.empty();
        private boolean flipped;
        private boolean invoiced;

        Walk(Random random) {
            this.random = random;
        }

        void step() {
            switch (random.nextInt(14)) {
                case 0, 1, 2 -> doImport();
                case 3 -> reconcile();
                case 4, 5 -> world.charged.put(one(SUBSCRIPTIONS), one(List.of(PRICE, PRICE, PRICE, new BigDecimal("20.01"),
                        new BigDecimal("20.02"), new BigDecimal("21.00"), BigDecimal.ZERO)));
                case 6 -> world.unlinked = one(List.of(BigDecimal.ZERO, BigDecimal.ZERO, new BigDecimal("5.00")));
                case 7 -> toggle(world.unpayable, one(SUBSCRIPTIONS));
                case 8 -> world.badRow = random.nextInt(3) == 0;
                case 9 -> look();
                case 10 -> resolve();
                case 11 -> adopt();
                case 12 -> {
                    if (random.nextInt(4) == 0) {
                        nextMonth();
                    } else {
                        revert();
                    }
                }
                default -> flip();
            }
        }

        private <T> T one(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        private void toggle(Set<String> set, String id) {
            if (!set.remove(id) && random.nextInt(3) == 0) {
                set.add(id);
            }
        }

        private void doImport() {
            billing.importShadow().run(hosting, world.platform().source(), ImportOptions.DEFAULT, rows -> { }, problem -> { });
            imported = Optional.of(world.copy());
        }

        private void reconcile() {
            if (imported.isPresent()) {
                BigDecimal tolerance = one(List.of(BigDecimal.ZERO, new BigDecimal("0.01"), new BigDecimal("0.05")));
                billing.reconcile().run(new Reconcile.Request(hosting.id(), Optional.empty(), tolerance), rows -> { });
                forgetWhatChanged(tolerance);
            }
        }

        /** A resolution is gone once a run has seen other figures, or no difference. */
        private void forgetWhatChanged(BigDecimal tolerance) {
            if (!flipped) {
                accepted.entrySet().removeIf(entry -> imported.get().charged.get(entry.getKey()).compareTo(entry.getValue()) != 0
                        || PRICE.subtract(entry.getValue()).abs().compareTo(tolerance) <= 0);
            }
        }

        private void look() {
            seen.addAll(billing.ports().reconciliations().list(RowQuery.of(hosting.id()), Optional.empty(), 100));
        }

        /** Of a row as it was seen at some time: what has changed since is refused. */
        private void resolve() {
            if (seen.isEmpty()) {
                return;
            }
            ReconciledRow row = one(seen);
            try {
                billing.resolveDelta().resolve(row, EVE, "by contract");
                if (row.end().equals(imported.orElseThrow().current)) {
                    accepted.put(row.subscription(), row.actual());
                }
            } catch (InvalidValue e) {
                assertThat(e.field()).isEqualTo("row");
            }
        }

        private void adopt() {
            BillerRules rules = BillerRules.engine(ZoneOffset.UTC);
            billing.adoptRules().adopt(hosting.id(), one(List.of(rules, rules.rounding(Rounding.TOTAL, RoundingMode.HALF_EVEN),
                    rules.rounding(Rounding.LINE, RoundingMode.DOWN))), EVE);
        }

        private void nextMonth() {
            if (!flipped) {
                world.current = world.current.plusMonths(1);
                clock.set(world.current.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
                SUBSCRIPTIONS.forEach(id -> world.charged.put(id, PRICE));
                accepted.clear();
            }
        }

        private void flip() {
            boolean mayOpen = !flipped && imported.isPresent() && isReady(imported.get());
            List<CutOver.Outcome> outcomes = IntStream.range(0, 1 + random.nextInt(3))
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> billing.cutOver().flip(CutOverTerms.of(hosting.id()), EVE,
                            done -> { }))).toList().stream().map(CompletableFuture::join).toList();
            assertThat(outcomes.stream().filter(outcome -> outcome.flip().isPresent()))
                    .as("flips of %s; imported %s", outcomes, imported.map(World::platform)).hasSize(mayOpen ? 1 : 0);
            if (imported.isPresent()) {
                forgetWhatChanged(new BigDecimal("0.01"));
            }
            flipped |= mayOpen;
            assertThat(SUBSCRIPTIONS.stream().flatMap(id -> billing.ports().subscriptions().resolve(hosting.id(), List.of(id))
                    .values().stream())).allMatch(subscription -> (subscription.state() == SubscriptionState.SHADOW) != flipped);
        }

        private boolean isReady(World then) {
            boolean agrees = then.charged.entrySet().stream().allMatch(charge ->
                    PRICE.subtract(charge.getValue()).abs().compareTo(new BigDecimal("0.01")) <= 0
                            || Optional.ofNullable(accepted.get(charge.getKey()))
                            .filter(amount -> amount.compareTo(charge.getValue()) == 0).isPresent());
            return agrees && then.unlinked.signum() == 0 && then.unpayable.isEmpty() && !then.badRow
                    && then.current.equals(world.current);
        }

        private void revert() {
            try {
                billing.cutOver().revert(hosting.id(), EVE);
                assertThat(flipped && !invoiced).isTrue();
                flipped = false;
                accepted.clear();
                billing.ports().reconciliations().list(RowQuery.of(hosting.id()).in(ReconciledRow.Status.RESOLVED),
                        Optional.empty(), 100).stream().filter(row -> row.end().equals(imported.orElseThrow().current))
                        .forEach(row -> accepted.put(row.subscription(), row.actual()));
            } catch (InvalidValue e) {
                assertThat(!flipped || invoiced).isTrue();
            }
            if (flipped && random.nextBoolean()) {
                clock.set(clock.instant().plusSeconds(86_400L * 40));
                billing.billingRun().run(clock.instant(), 1, drafted -> { });
                invoiced |= !billing.ports().invoices().list(InvoiceQuery.ALL).isEmpty();
            }
        }
    }
}
