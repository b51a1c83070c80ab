package com.nexasystems.billing.jpa;

import java.util.function.Function;

/** The database's null, where the domain has an empty Optional. */
final class Nullable {

    private Nullable() {
    }

    static <A, B> B map(A value, Function<A, B> function) {
        return value == null ? null : function.apply(value);
    }
}
