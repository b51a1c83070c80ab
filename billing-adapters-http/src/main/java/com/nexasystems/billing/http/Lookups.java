package com.nexasystems.billing.http;

import com.nexasystems.billing.webhook.AddressGuard;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks names up, and hands out where they lead only if all of it may be called: whoever mixes one address of ours into the
 * answers is told no.
 *
 * <p>The JDK's look-up can neither be interrupted nor limited. So it has threads of its own, of which a name takes one at
 * most, however many wait for it: a name server that does not answer holds up those that ask for its names, and nobody
 * else.
 */
final class Lookups implements AutoCloseable {

    private static final int MOST_THREADS = 512;
    private static final int STACK_BYTES = 256 << 10;
    private static final long IDLE_SECONDS = 30;

    /** The name system. */
    interface Names {

        /** What the JDK's settings and those of the machine say. */
        Names OF_THE_MACHINE = host -> List.of(InetAddress.getAllByName(host));

        List<InetAddress> of(String host) throws UnknownHostException;
    }

    private final Names names;
    private final AddressGuard guard;
    private final ThreadPoolExecutor threads;
    private final ConcurrentMap<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    Lookups(Names names, AddressGuard guard) {
        this.names = names;
        this.guard = guard;
        this.threads = new ThreadPoolExecutor(0, MOST_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(),
                Lookups::thread);
    }

    private static Thread thread(Runnable run) {
        var thread = new Thread(null, run, "webhook-names", STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Fails with {@link NeverCalled} if any of the addresses is never called, with {@link UnknownHostException} if there is
     * none, and with {@link RejectedExecutionException} rather than wait for another name. What hangs on it runs on the
     * look-up's thread, and does not block.
     */
    CompletableFuture<List<InetAddress>> of(String host) {
        var mine = new CompletableFuture<List<InetAddress>>();
        CompletableFuture<List<InetAddress>> others = underWay.putIfAbsent(host, mine);
        if (others != null) {
            return others.copy();
        }
        CompletableFuture<List<InetAddress>> answer = mine.copy();
        try {
            threads.execute(() -> lookUp(host, mine));
        } catch (RejectedExecutionException e) {
            underWay.remove(host);
            mine.completeExceptionally(e);
        }
        return answer;
    }

    /** Whoever asks after it was answered asks anew: so it is no longer under way by then. */
    private void lookUp(String host, CompletableFuture<List<InetAddress>> answer) {
        try {
            List<InetAddress> addresses = checked(names.of(host));
            underWay.remove(host);
            answer.complete(addresses);
        } catch (UnknownHostException | RuntimeException e) {
            underWay.remove(host);
            answer.completeExceptionally(e);
        }
    }

    private List<InetAddress> checked(List<InetAddress> addresses) throws UnknownHostException {
        if (addresses.isEmpty()) {
            throw new UnknownHostException();
        }
        addresses.stream().map(guard::refusal).flatMap(Optional::stream).findFirst().ifPresent(reason -> {
            throw new NeverCalled("has a host that " + reason);
        });
        return List.copyOf(addresses);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
