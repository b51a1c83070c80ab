package com.nexasystems.billing.jpa;

import com.nexasystems.billing.production.Quantities;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;

/** The columns of what became of a job's material. */
final class QuantityColumns {

    private QuantityColumns() {
    }

    static <T> Batch<T> in(Batch<T> batch, Function<T, Quantities> quantities) {
        return batch.numeric("received", row -> quantities.apply(row).received().orElse(null))
                .numeric("done", row -> quantities.apply(row).done())
                .numeric("scrapped", row -> quantities.apply(row).scrapped())
                .numeric("rejected", row -> quantities.apply(row).rejected().orElse(null));
    }

    static Quantities read(ResultSet row) throws SQLException {
        return new Quantities(Optional.ofNullable(row.getBigDecimal("received")), row.getBigDecimal("done"),
                row.getBigDecimal("scrapped"), Optional.ofNullable(row.getBigDecimal("rejected")));
    }
}
