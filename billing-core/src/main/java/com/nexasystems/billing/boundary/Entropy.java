package com.nexasystems.billing.boundary;

/**
 * Unpredictable bytes, for keys and secrets. {@code EntropyContract} checks these rules.
 *
 * <p>EN-1 Gives exactly as many bytes as asked for.
 * <p>EN-2 Two answers of 16 bytes or more are never equal.
 */
public interface Entropy {

    byte[] bytes(int count);
}
