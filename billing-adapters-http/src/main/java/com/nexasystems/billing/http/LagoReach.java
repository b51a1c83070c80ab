package com.nexasystems.billing.http;

import com.nexasystems.billing.http.LagoFailure.Kind;
import java.util.Optional;

/**
 * Whether there is any use in asking Lago for more. One invoice that it fails on takes nothing from the others; several in a
 * row, or a refusal that holds for all, and nobody is made to wait any longer.
 */
final class LagoReach {

    private static final int MOST_IN_A_ROW = 3;

    private int failed;
    private Optional<String> lost = Optional.empty();

    /** Why not. */
    synchronized Optional<String> lost() {
        return lost;
    }

    synchronized void answered() {
        failed = 0;
    }

    synchronized void failed(LagoFailure failure) {
        failed++;
        if (lost.isEmpty() && (failure.kind() == Kind.CLOSED || failed >= MOST_IN_A_ROW)) {
            lost = Optional.of(failure.getMessage());
        }
    }
}
