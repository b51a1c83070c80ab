package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.Entropy;
import java.security.SecureRandom;

/** The platform's secure random numbers. */
final class MemoryEntropy implements Entropy {

    private final SecureRandom random = new SecureRandom();

    @Override
    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
