package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Entropy;
import java.security.SecureRandom;

/** The platform's secure random numbers. */
final class SecureEntropy implements Entropy {

    private final SecureRandom random = new SecureRandom();

    @Override
    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
