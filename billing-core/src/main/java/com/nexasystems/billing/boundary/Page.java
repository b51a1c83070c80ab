package com.nexasystems.billing.boundary;

import java.util.List;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param total how many items the whole list has
 */
public record Page<T>(List<T> items, long total) {

    public Page {
        items = List.copyOf(items);
    }

    /** The page of a list that is held in whole. */
    public static <T> Page<T> of(List<T> all, PageRequest request) {
        return new Page<>(all.stream().skip(request.offset()).limit(request.size()).toList(), all.size());
    }

    public <R> Page<R> map(Function<? super T, ? extends R> change) {
        return new Page<>(items.stream().<R>map(change).toList(), total);
    }
}
