package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.jpa.JpaPorts;
import com.nexasystems.billing.jpa.JpaSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The scheduler's plan lies in the database, so several instances share it. */
class JobsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private final JpaPorts adapter = open();

    @AfterEach
    void close() {
        adapter.close();
    }

    @Test
    void of_all_instances_one_runs_a_job_at_a_time() throws Exception {
        var running = new AtomicInteger();
        var together = new AtomicBoolean();
        var runs = new CountDownLatch(3);
        Job job = new Job("count", SECOND, now -> {
            together.compareAndSet(false, running.incrementAndGet() > 1);
            pause(300);
            running.decrementAndGet();
            runs.countDown();
            return Job.Result.of(1);
        });
        try (Jobs one = start(job); Jobs other = start(job)) {
            assertThat(runs.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(one.plan()).hasSize(1);
            assertThat(other.plan()).hasSize(1);
        }
        assertThat(together).isFalse();
    }

    @Test
    void a_job_that_fails_is_tried_again() throws Exception {
        var tries = new AtomicInteger();
        var done = new CountDownLatch(1);
        Job job = new Job("fails", SECOND, now -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("for the first time");
            }
            done.countDown();
            return Job.Result.of(1);
        });
        try (Jobs jobs = start(job)) {
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(jobs.plan()).hasSize(1);
        }
    }

    @Test
    void a_job_of_an_instance_that_died_is_taken_over() throws Exception {
        var done = new CountDownLatch(1);
        Job job = new Job("orphan", SECOND, now -> {
            done.countDown();
            return Job.Result.of(1);
        });
        try (Connection connection = adapter.dataSource().getConnection(); var statement = connection.createStatement()) {
            statement.execute("INSERT INTO job (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat,"
                    + " version) VALUES ('orphan', 'recurring', now() - interval '1 hour', true, 'a dead one',"
                    + " now() - interval '1 hour', 1)");
            connection.commit();
        }
        try (Jobs jobs = start(job)) {
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(jobs.plan()).hasSize(1);
        }
    }

    @Test
    void stopping_waits_for_the_page_and_begins_no_other() throws Exception {
        var unitOfWork = new StoppableUnitOfWork(adapter.ports().unitOfWork());
        var pages = new AtomicInteger();
        var inside = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        Job job = new Job("pages", SECOND, now -> {
            while (true) {
                unitOfWork.run(() -> {
                    inside.countDown();
                    await(finish);
                    unitOfWork.run(pages::incrementAndGet);
                });
            }
        });
        Jobs jobs = start(unitOfWork, job);
        inside.await();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(jobs::close);
        pause(200);
        assertThat(stopped).isNotDone();
        finish.countDown();
        stopped.get(10, TimeUnit.SECONDS);
        assertThat(pages).hasValue(1);
        assertThat(isPicked()).isFalse();
    }

    private boolean isPicked() throws SQLException {
        try (Connection connection = adapter.dataSource().getConnection(); var statement = connection.createStatement();
             var row = statement.executeQuery("SELECT picked FROM job")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private Jobs start(Job job) {
        return start(new StoppableUnitOfWork(adapter.ports().unitOfWork()), job);
    }

    private Jobs start(StoppableUnitOfWork unitOfWork, Job job) {
        var jobs = new Jobs(List.of(job), unitOfWork, new ServerMetrics(), Clock.systemUTC(), adapter.dataSource(),
                SECOND, Duration.ofSeconds(10));
        jobs.start();
        return jobs;
    }

    private static JpaPorts open() {
        Map<String, String> database = TestDatabase.environment();
        return JpaPorts.open(new JpaSettings(database.get("BILLING_DB_URL"), database.get("BILLING_DB_USER"),
                database.get("BILLING_DB_PASSWORD"), TestDatabase.fresh("jobs_" + SCHEMAS.incrementAndGet()), 10));
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
