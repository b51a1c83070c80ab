package com.nexasystems.billing.boundary;

/**
 * Which page of a list.
 *
 * @param number counted from 1
 * @param size   at most {@value #LARGEST}
 */
public record PageRequest(int number, int size) {

    public static final int LARGEST = 1000;

    private static final int LAST = 1_000_000;

    public PageRequest {
        if (number < 1 || number > LAST) {
            throw new IllegalArgumentException("a page is between 1 and " + LAST + ": " + number);
        }
        if (size < 1 || size > LARGEST) {
            throw new IllegalArgumentException("a page has between 1 and " + LARGEST + " items: " + size);
        }
    }

    public static PageRequest first(int size) {
        return new PageRequest(1, size);
    }

    /** How many items stand before the page. */
    public long offset() {
        return (number - 1L) * size;
    }
}
