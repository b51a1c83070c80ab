package com.nexasystems.billing.simulator.stripe;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Says what goes wrong: with the next requests, or by chance, the same for the same seed. Else nothing does. */
public final class StripeFaults {

    private final Deque<StripeFault> all = new ArrayDeque<>();
    private final Deque<StripeFault> posts = new ArrayDeque<>();
    private final Map<String, StripeFault> paths = new TreeMap<>();
    private List<StripeFault> choice = List.of();
    private Optional<RandomGenerator> random = Optional.empty();
    private int percent;
    private Duration slowness = Duration.ofSeconds(1);

    StripeFaults() {
    }

    /** With the next requests, one after the other. */
    public synchronized StripeFaults next(StripeFault... faults) {
        all.addAll(List.of(faults));
        return this;
    }

    /** With the next requests that change something, one after the other. */
    public synchronized StripeFaults nextPosts(StripeFault... faults) {
        posts.addAll(List.of(faults));
        return this;
    }

    /** With all requests whose path contains that text. */
    public synchronized StripeFaults on(String path, StripeFault fault) {
        paths.put(path, fault);
        return this;
    }

    /**
     * By chance, with whatever is not decided by the methods above.
     *
     * @param ofHundred how many of a hundred requests go wrong
     */
    public synchronized StripeFaults byChance(RandomGenerator generator, int ofHundred, StripeFault... faults) {
        random = Optional.of(generator);
        percent = ofHundred;
        choice = List.of(faults);
        return this;
    }

    /** Nothing goes wrong any more. */
    public synchronized StripeFaults none() {
        all.clear();
        paths.clear();
        posts.clear();
        random = Optional.empty();
        return this;
    }

    /** How long {@link StripeFault#SLOW} takes: longer than your client waits. A second, if not told otherwise. */
    public synchronized StripeFaults slowness(Duration duration) {
        slowness = duration;
        return this;
    }

    synchronized Duration slowness() {
        return slowness;
    }

    synchronized StripeFault with(Request request) {
        return Optional.ofNullable(request.isPost() ? posts.poll() : all.poll())
                .or(() -> Optional.ofNullable(all.poll()))
                .or(() -> paths.entrySet().stream().filter(entry -> request.path().contains(entry.getKey()))
                        .map(Map.Entry::getValue).findFirst())
                .or(() -> random.filter(chance -> chance.nextInt(100) < percent)
                        .map(chance -> choice.get(chance.nextInt(choice.size())))).orElse(StripeFault.NONE);
    }
}
