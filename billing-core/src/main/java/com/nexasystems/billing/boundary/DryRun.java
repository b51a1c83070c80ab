package com.nexasystems.billing.boundary;

import java.util.function.Supplier;

/** Work that is done for its answer, and of which nothing is kept. */
public final class DryRun {

    private DryRun() {
    }

    private static final class Undo extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Object answer;

        Undo(Object answer) {
            super(null, null, false, false);
            this.answer = answer;
        }
    }

    /** Must not be called inside a unit of work: nothing of that would be kept either. */
    @SuppressWarnings("unchecked")
    public static <T> T of(UnitOfWork unitOfWork, Supplier<T> work) {
        try {
            unitOfWork.run(() -> {
                throw new Undo(work.get());
            });
        } catch (Undo expected) {
            return (T) expected.answer;
        }
        throw new IllegalStateException("a dry run must not be kept");
    }
}
