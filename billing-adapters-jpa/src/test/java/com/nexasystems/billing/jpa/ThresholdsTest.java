package com.nexasystems.billing.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.usage.UsageSubmission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Thresholds of quotas over PostgreSQL; each of the company's two metrics has a quota of 5. */
@ExtendWith(TestDatabase.class)
class ThresholdsTest {

    private static final int SUBSCRIPTIONS = 1_200;
    private static final int FEW = 40;

    @Test
    void the_statements_follow_the_pages_and_not_the_subscriptions() {
        var statements = new CountedStatements();
        JpaPorts ports = TestDatabase.closedLater(JpaPorts.open(TestDatabase.freshSchema(), statements));
        Company company = Company.with(ports.ports(), SUBSCRIPTIONS);
        company.billing().billingRun().run(Company.FEBRUARY, 1, drafted -> { });
        company.billing().interim().run(drafted -> { });
        company.billing().usage().record(company.service(), usage("a", SUBSCRIPTIONS, "4"));
        long before = statements.count();
        company.billing().interim().run(drafted -> { });
        assertThat(statements.count() - before).as("to look at 3 pages, and tell them").isLessThan(3 * 14);
        assertThat(told(company, 0)).containsExactly("cpu_seconds 80", "requests 80");
    }

    @Test
    void nodes_that_look_at_once_while_usage_comes_in_tell_each_once() {
        JpaSettings settings = TestDatabase.freshSchema();
        Company company = Company.with(TestDatabase.open(settings).ports(), FEW);
        List<Billing> nodes = List.of(company.billing(), Company.engine(TestDatabase.open(settings).ports()));
        List<CompletableFuture<Void>> work = nodes.stream().flatMap(node -> Stream.of(
                CompletableFuture.runAsync(() -> IntStream.range(0, 12).forEach(i -> node.usage().record(company.service(),
                        usage("of " + nodes.indexOf(node) + " " + i, FEW, "0.25")))),
                CompletableFuture.runAsync(() -> IntStream.range(0, 12).forEach(i -> node.interim().run(drafted -> { }))))).toList();
        work.forEach(CompletableFuture::join);
        nodes.get(1).interim().run(drafted -> { });
        for (int i = 0; i < FEW; i++) {
            assertThat(told(company, i)).containsExactly("cpu_seconds 100", "cpu_seconds 80", "requests 100", "requests 80");
        }
    }

    /** A record of each subscription and metric, in the period that goes on. */
    private static List<UsageSubmission> usage(String key, int subscriptions, String quantity) {
        Instant start = Company.FEBRUARY.plus(Duration.ofHours(1));
        return IntStream.range(0, subscriptions).boxed().flatMap(i -> Stream.of("cpu_seconds", "requests").map(metric ->
                UsageSubmission.event("deployment-" + i, metric, start, quantity, key))).toList();
    }

    private static List<String> told(Company company, int number) {
        String name = "deployment-" + number;
        Map<String, Subscription> found = company.billing().ports().subscriptions()
                .resolve(company.service().id(), List.of(name));
        return company.billing().ports().eventLog().of(found.get(name).id().value()).stream().map(Sequenced::event)
                .filter(event -> event.type() == EventType.USAGE_THRESHOLD_REACHED)
                .map(event -> event.data().get("metric") + " " + event.data().get("percent")).sorted().toList();
    }
}
