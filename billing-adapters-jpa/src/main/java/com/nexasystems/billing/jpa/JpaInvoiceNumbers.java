package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.InvoiceNumbers;

final class JpaInvoiceNumbers implements InvoiceNumbers {

    private final JpaUnitOfWork unitOfWork;

    JpaInvoiceNumbers(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    /** The row stays locked until the unit of work has ended: whoever comes next continues after what was kept. */
    @Override
    public long take(ServiceId service, Series series, int count) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, """
                INSERT INTO invoice_counter AS counter (service_id, series, next) VALUES (?, ?, 1 + ?)
                ON CONFLICT (service_id, series) DO UPDATE SET next = counter.next + excluded.next - 1
                RETURNING next
                """, row -> row.getLong("next"), service.value(), series.name(), count).get(0)) - count;
    }
}
