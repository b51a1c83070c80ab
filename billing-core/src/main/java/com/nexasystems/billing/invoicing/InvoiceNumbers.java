package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.identity.ServiceId;

/**
 * The numbers of each service's invoices and credit notes. {@code InvoiceNumbersContract} checks these rules.
 *
 * <p>NU-1 The numbers of a service are 1, 2, 3 … without gap: what a unit of work took is free again if it fails.
 * <p>NU-2 No number is given twice, also not to concurrent units of work.
 * <p>NU-3 Each service has numbers of its own.
 * <p>NU-4 Each series of a service has numbers of its own.
 */
public interface InvoiceNumbers {

    /** What is numbered. Who takes of several takes in this order. */
    enum Series { INVOICE, CREDIT_NOTE }

    /** Takes {@code count} numbers in a row and answers the first. Must be called inside a unit of work. */
    long take(ServiceId service, Series series, int count);
}
