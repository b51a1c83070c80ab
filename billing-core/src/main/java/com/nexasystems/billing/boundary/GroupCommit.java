package com.nexasystems.billing.boundary;

import com.nexasystems.billing.boundary.PortFailure.Effect;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets threads share units of work. Who comes while none is running goes at once; what comes while one is running gathers,
 * and the next unit of work takes all of it. A call returns after the unit of work that has its element has ended: what it
 * answers is durable then, and what was cut off by a crash was answered to nobody.
 *
 * <p>If a group fails, its elements are done again one by one, so that each has its own answer or its own failure. Doing an
 * element twice must therefore be safe. But when some elements fail behind a port also alone, the world outside is down, and
 * those that are left fail with the last of them, untried.
 *
 * <p>A unit of work that takes long, because something is locked, does not hold up the others: who has waited for a while goes
 * beside it, with what has gathered.
 *
 * @param <T> what is done together
 * @param <R> what each of them comes to
 */
public final class GroupCommit<T, R> {

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int MOST_AT_ONCE = 4;
    private static final int FAILURES_ALONE = 3;

    private final Function<List<T>, List<R>> work;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Place<T, R>> waiting = new ArrayDeque<>();
    private int running;

    /**
     * @param most how many elements a unit of work has at most
     * @param work one unit of work: does all of the elements, and answers in their order. Called on the thread of one of them
     */
    public GroupCommit(int most, Function<List<T>, List<R>> work) {
        this.most = most;
        this.work = work;
    }

    /** An element that was handed in, and what became of it. Guarded by the lock. */
    private static final class Place<T, R> {

        private final T element;
        private final Condition changed;
        private boolean taken;
        private Supplier<R> outcome;

        Place(T element, Condition changed) {
            this.element = element;
            this.changed = changed;
        }
    }

    /**
     * Must not be called inside a unit of work, with which the group would be kept or undone.
     *
     * @throws RuntimeException what the work threw for this element
     */
    public R call(T element) {
        var own = new Place<T, R>(element, lock.newCondition());
        if (leads(own)) {
            List<Place<T, R>> group = gather(own);
            List<Supplier<R>> outcomes = failed(group.size(), new PortFailure(Effect.UNKNOWN, "the unit of work was cut off", null));
            try {
                outcomes = together(group);
            } finally {
                end(group, outcomes);
            }
        }
        return own.outcome.get();
    }

    /** Waits until it is done, or may be done by this thread. An interruption does not undo what others do. */
    private boolean leads(Place<T, R> own) {
        boolean interrupted = false;
        lock.lock();
        try {
            waiting.add(own);
            long patience = PATIENCE_NANOS;
            while (own.outcome == null && (own.taken || !isFree(patience))) {
                try {
                    patience = own.changed.awaitNanos(own.taken || patience <= 0 ? PATIENCE_NANOS : patience);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (own.outcome != null) {
                return false;
            }
            waiting.remove(own);
            own.taken = true;
            running++;
            return true;
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isFree(long patience) {
        return running == 0 || patience <= 0 && running < MOST_AT_ONCE;
    }

    /** The own element, and the others in the order in which they came. */
    private List<Place<T, R>> gather(Place<T, R> own) {
        var group = new ArrayList<Place<T, R>>();
        group.add(own);
        lock.lock();
        try {
            while (group.size() < most && !waiting.isEmpty()) {
                Place<T, R> next = waiting.remove();
                next.taken = true;
                group.add(next);
            }
        } finally {
            lock.unlock();
        }
        return group;
    }

    private List<Supplier<R>> together(List<Place<T, R>> group) {
        try {
            return answers(group.stream().map(place -> place.element).toList());
        } catch (RuntimeException e) {
            return group.size() == 1 ? failed(1, e) : oneByOne(group);
        }
    }

    private List<Supplier<R>> oneByOne(List<Place<T, R>> group) {
        var outcomes = new ArrayList<Supplier<R>>();
        int failures = 0;
        for (Place<T, R> place : group) {
            try {
                outcomes.addAll(answers(List.of(place.element)));
            } catch (PortFailure e) {
                outcomes.addAll(failed(1, e));
                if (++failures == FAILURES_ALONE) {
                    outcomes.addAll(failed(group.size() - outcomes.size(), e));
                    break;
                }
            } catch (RuntimeException e) {
                outcomes.addAll(failed(1, e));
            }
        }
        return outcomes;
    }

    private List<Supplier<R>> answers(List<T> elements) {
        List<R> results = work.apply(elements);
        if (results.size() != elements.size()) {
            throw new IllegalStateException(results.size() + " answers for " + elements.size() + " elements");
        }
        return results.stream().<Supplier<R>>map(result -> () -> result).toList();
    }

    private static <R> List<Supplier<R>> failed(int count, RuntimeException why) {
        var outcomes = new ArrayList<Supplier<R>>();
        for (int i = 0; i < count; i++) {
            outcomes.add(() -> {
                throw why;
            });
        }
        return outcomes;
    }

    private void end(List<Place<T, R>> group, List<Supplier<R>> outcomes) {
        lock.lock();
        try {
            running--;
            for (int i = 0; i < group.size(); i++) {
                group.get(i).outcome = outcomes.get(i);
                group.get(i).changed.signal();
            }
            if (!waiting.isEmpty()) {
                waiting.element().changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }
}
