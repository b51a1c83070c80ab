package com.nexasystems.broken.usage;

import java.security.SecureRandom;

/** Unpredictable, and so is its replay. */
public final class MakesItsOwnSecrets {

    public int secret() {
        return new SecureRandom().nextInt();
    }
}
