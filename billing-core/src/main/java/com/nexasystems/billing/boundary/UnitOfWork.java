package com.nexasystems.billing.boundary;

import java.util.function.Supplier;

/**
 * All or nothing across ports. {@code UnitOfWorkContract} checks these rules.
 *
 * <p>UW-1 What the work did through the ports is there after {@link #call} returns.
 * <p>UW-2 If the work throws, nothing of it is there, and the same exception reaches the caller.
 * <p>UW-3 A call inside a call joins it: both succeed or neither. If the outer work catches what the inner one threw and
 * goes on, the outer call ends in an {@link IllegalStateException} all the same, and nothing is kept.
 * <p>UW-4 Work of another thread sees nothing of it before it has returned.
 */
public interface UnitOfWork {

    /** @throws PortFailure if the work may not have been kept */
    <T> T call(Supplier<T> work);

    default void run(Runnable work) {
        call(() -> {
            work.run();
            return null;
        });
    }
}
