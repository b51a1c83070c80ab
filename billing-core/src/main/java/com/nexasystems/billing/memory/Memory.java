package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.UnitOfWork;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The one lock of all memory ports, and how to undo what the unit of work that holds it has done so far. */
final class Memory implements UnitOfWork {

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Deque<Runnable> undos = new ArrayDeque<>();
    private boolean failed;

    @Override
    public <T> T call(Supplier<T> work) {
        lock.lock();
        boolean done = false;
        try {
            T result = work.get();
            if (isOutermost() && failed) {
                throw new IllegalStateException("a part of this unit of work failed, so nothing of it is kept");
            }
            done = true;
            return result;
        } finally {
            failed |= !done;
            if (isOutermost()) {
                end();
            }
            lock.unlock();
        }
    }

    <K, V> void put(Map<K, V> map, K key, V value) {
        V before = map.put(key, value);
        undos.push(() -> restore(map, key, before));
    }

    <K, V> void remove(Map<K, V> map, K key) {
        V before = map.remove(key);
        undos.push(() -> restore(map, key, before));
    }

    <T> void append(List<T> list, T element) {
        list.add(element);
        undos.push(() -> list.remove(list.size() - 1));
    }

    <T> void replace(List<T> list, List<T> now) {
        List<T> before = List.copyOf(list);
        list.clear();
        list.addAll(now);
        undos.push(() -> {
            list.clear();
            list.addAll(before);
        });
    }

    private static <K, V> void restore(Map<K, V> map, K key, V before) {
        if (before == null) {
            map.remove(key);
        } else {
            map.put(key, before);
        }
    }

    private boolean isOutermost() {
        return lock.getHoldCount() == 1;
    }

    private void end() {
        while (failed && !undos.isEmpty()) {
            undos.pop().run();
        }
        undos.clear();
        failed = false;
    }
}
