package com.nexasystems.billing.jpa;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** A part of something, at its place among the others. */
record Numbered<T>(UUID whole, int position, T part) {

    static <T> List<Numbered<T>> of(UUID whole, List<T> parts) {
        return IntStream.range(0, parts.size()).mapToObj(i -> new Numbered<>(whole, i, parts.get(i))).toList();
    }
}
