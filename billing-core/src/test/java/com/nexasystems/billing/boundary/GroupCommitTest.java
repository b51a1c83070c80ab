package com.nexasystems.billing.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupCommitTest {

    private static final int THREADS = 16;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<List<Integer>> groups = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void everyone_is_answered_for_their_own_element_after_it_was_done_once() throws Exception {
        Set<Integer> durable = ConcurrentHashMap.newKeySet();
        var commit = new GroupCommit<Integer, Integer>("test", 8, 2, group -> {
            groups.add(group);
            group.forEach(element -> assertThat(durable.add(element)).isTrue());
            return doubled(group);
        });
        List<Future<Boolean>> calls = IntStream.range(0, THREADS).mapToObj(thread -> threads.submit(() ->
                IntStream.range(0, 2000).map(i -> i * THREADS + thread)
                        .allMatch(i -> commit.commit(i) == 2 * i && durable.contains(i)))).toList();
        for (Future<Boolean> call : calls) {
            assertThat(call.get()).isTrue();
        }
        assertThat(durable).hasSize(THREADS * 2000);
        assertThat(groups).allSatisfy(group -> assertThat(group).hasSizeBetween(1, 8));
    }

    @Test
    void who_comes_while_nothing_is_going_on_goes_alone_and_what_gathers_meanwhile_goes_together() throws Exception {
        List<CountDownLatch> begun = List.of(new CountDownLatch(1), new CountDownLatch(1));
        var release = new CountDownLatch(1);
        var commit = new GroupCommit<Integer, Integer>("test", 100, 1, group -> {
            groups.add(group);
            if (group.get(0) < 2) {
                begun.get(group.get(0)).countDown();
                await(release);
            }
            return doubled(group);
        });
        Future<Integer> alone = threads.submit(() -> commit.commit(0));
        begun.get(0).await();
        Future<Integer> busy = commit.submit(1);
        begun.get(1).await();
        List<Future<Integer>> others = IntStream.range(2, 10).mapToObj(i -> (Future<Integer>) commit.submit(i)).toList();
        release.countDown();
        assertThat(alone.get()).isZero();
        assertThat(busy.get()).isEqualTo(2);
        for (int i = 0; i < others.size(); i++) {
            assertThat(others.get(i).get()).isEqualTo(2 * (i + 2));
        }
        assertThat(groups).containsExactlyInAnyOrder(List.of(0), List.of(1), List.of(2, 3, 4, 5, 6, 7, 8, 9));
    }

    @Test
    void a_bad_element_fails_alone() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var commit = new GroupCommit<Integer, Integer>("test", 100, 1, group -> {
            groups.add(group);
            if (group.contains(-1)) {
                begun.countDown();
                await(release);
            }
            if (group.contains(3)) {
                throw new IllegalArgumentException("three");
            }
            return doubled(group);
        });
        Future<Integer> first = commit.submit(-1);
        begun.await();
        List<Future<Integer>> others = IntStream.range(0, 6).mapToObj(i -> (Future<Integer>) commit.submit(i)).toList();
        release.countDown();
        first.get();
        for (int i = 0; i < others.size(); i++) {
            Future<Integer> call = others.get(i);
            if (i == 3) {
                assertThatThrownBy(call::get).hasRootCauseMessage("three");
            } else {
                assertThat(call.get()).isEqualTo(2 * i);
            }
        }
        assertThat(groups).extracting(List::size).containsExactly(1, 6, 1, 1, 1, 1, 1, 1);
    }

    @Test
    void when_the_world_is_down_all_fail_without_trying_each() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var commit = new GroupCommit<Integer, Integer>("test", 100, 1, group -> {
            groups.add(group);
            if (group.contains(0)) {
                begun.countDown();
                await(release);
            }
            throw new PortFailure(PortFailure.Effect.NONE, "down", null);
        });
        List<Future<Integer>> calls = new ArrayList<>(List.of(commit.submit(0)));
        begun.await();
        IntStream.range(1, 11).forEach(i -> calls.add(commit.submit(i)));
        release.countDown();
        for (Future<Integer> call : calls) {
            assertThatThrownBy(call::get).hasCauseInstanceOf(PortFailure.class);
        }
        assertThat(groups).extracting(List::size).containsExactly(1, 10, 1, 1, 1);
    }

    @Test
    void one_that_takes_long_does_not_hold_up_the_others() throws Exception {
        var release = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        var commit = new GroupCommit<Integer, Integer>("test", 100, 2, group -> {
            if (group.contains(0)) {
                begun.countDown();
                await(release);
            }
            return doubled(group);
        });
        Future<Integer> stuck = threads.submit(() -> commit.commit(0));
        begun.await();
        assertThat(commit.commit(1)).isEqualTo(2);
        assertThat(stuck.isDone()).isFalse();
        release.countDown();
        assertThat(stuck.get()).isZero();
    }

    @Test
    void what_waits_when_it_is_closed_is_kept() throws Exception {
        var commit = new GroupCommit<Integer, Integer>("test", 100, 1, group -> doubled(group));
        List<Future<Integer>> calls = IntStream.range(0, 100).mapToObj(i -> (Future<Integer>) commit.submit(i)).toList();
        commit.close();
        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).get()).isEqualTo(2 * i);
        }
        assertThat(commit.commit(7)).isEqualTo(14);
    }

    private static List<Integer> doubled(List<Integer> group) {
        return group.stream().map(i -> 2 * i).toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
