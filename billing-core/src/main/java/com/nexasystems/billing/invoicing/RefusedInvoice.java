package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.gate.GateResult.Refused;
import com.nexasystems.billing.identity.ServiceId;
import java.util.stream.Collectors;

/**
 * A draft that was not finalised, as something is missing. It stays a draft; the next run tries again.
 *
 * @param customerName whose it is
 * @param why          everything that is missing, and how to put it right
 */
public record RefusedInvoice(InvoiceId invoice, ServiceId service, String customerName, Refused why) {

    /** What is missing, and the remedies, in one line. */
    public String reason() {
        return why.refusals().stream().map(each -> each.missing() + " (" + each.remedy() + ")")
                .collect(Collectors.joining("; "));
    }
}
