package com.nexasystems.billing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.cutover.CutOverTerms;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import com.nexasystems.billing.reconciliation.Reconcile;
import com.nexasystems.billing.reconciliation.RowQuery;
import com.nexasystems.billing.shadow.ImportOptions;
import com.nexasystems.billing.shadow.Platform;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.testing.Cases;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Imports, reconciliations and flips that die between any two calls of a port, and are done again. */
class ShadowCrashTest {

    private static final int SUBSCRIPTIONS = 7;
    private static final Actor EVE = Actor.person("Eve");

    @Test
    void what_died_and_was_done_again_is_as_if_it_had_not() {
        List<ReconciledRow> whole = new Life(Ports.inMemory()).toTheEnd();
        Cases.check(60, random -> {
            var ports = new CrashingPorts(Ports.inMemory());
            var life = new Life(ports.ports());
            life.crash = () -> ports.crashAfter(random.nextInt(1, 400));
            life.calm = ports::disarm;
            life.random = Optional.of(random);
            assertThat(life.toTheEnd()).isEqualTo(whole);
        });
    }

    /** An operator who does everything until it has gone through. */
    private static final class Life {

        private final Ports ports;
        private final Billing billing;
        private final Service hosting;
        private final Platform platform = new Platform().plan("starter", "20.00", 18_000);
        private Runnable crash = () -> { };
        private Runnable calm = () -> { };
        private Optional<SplittableRandom> random = Optional.empty();

        Life(Ports ports) {
            this.ports = ports;
            this.billing = Billing.over(ports)
                    .clock(Clock.fixed(Instant.parse("2026-04-02T00:00:00Z"), ZoneOffset.UTC)).build();
            this.hosting = billing.register("hosting", "Hosting");
            for (int i = 0; i < SUBSCRIPTIONS; i++) {
                String id = "s" + i;
                platform.user("u" + i, i + "@example.org").subscription(id, "u" + i, "starter", "2026-02-01", "2026-04-01")
                        .usage(id, "2026-03-10", 20 + i, "1")
                        .invoice("f" + id, id, "starter", "2026-02-01", "2026-03-01", i == 3 ? "21.00" : "20.00")
                        .invoice("m" + id, id, "starter", "2026-03-01", "2026-04-01", "20.00+0." + (11 + i));
            }
        }

        List<ReconciledRow> toTheEnd() {
            until(() -> billing.importShadow().run(hosting, platform.source(), ImportOptions.DEFAULT, rows -> { },
                    problem -> { }));
            assertThat(billing.importShadow().run(hosting, platform.source(), ImportOptions.DEFAULT, rows -> { },
                    problem -> { }).changed()).isFalse();
            until(() -> billing.reconcile().run(Reconcile.Request.of(hosting.id()), done -> { }));
            List<ReconciledRow> rows = ports.reconciliations().list(RowQuery.of(hosting.id()), Optional.empty(), 100);
            CutOverTerms terms = CutOverTerms.of(hosting.id());
            until(() -> {
                if (billing.ports().cutOvers().of(hosting.id()).isEmpty()) {
                    billing.cutOver().flip(terms, EVE, done -> { });
                }
            });
            assertThat(states()).containsOnly(flips() > 0 ? SubscriptionState.ACTIVE : SubscriptionState.SHADOW);
            assertThat(flips()).isLessThanOrEqualTo(1);
            return rows;
        }

        private int flips() {
            return ports.cutOvers().of(hosting.id()).size();
        }

        private List<SubscriptionState> states() {
            return IntStream.range(0, SUBSCRIPTIONS).mapToObj(i -> ports.subscriptions().resolve(hosting.id(), List.of("s" + i)))
                    .flatMap(found -> found.values().stream()).map(Subscription::state).toList();
        }

        private void until(Runnable work) {
            while (true) {
                crash.run();
                try {
                    work.run();
                    calm.run();
                    return;
                } catch (PortFailure died) {
                    calm.run();
                    assertThat(states().stream().distinct().toList()).as("all or nobody").hasSizeLessThanOrEqualTo(1);
                }
            }
        }
    }
}
