package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.identity.Services;
import com.nexasystems.billing.invoicing.InvoiceNumbers.Series;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** The numbers of a service as people read them: {@code HOSTING-000042}, {@code HOSTING-CN-000042}. */
public final class Numbering {

    private final Services services;
    private final InvoiceNumbers numbers;

    @Inject
    public Numbering(Services services, InvoiceNumbers numbers) {
        this.services = services;
        this.numbers = numbers;
    }

    /** The next {@code count} of a series. Must be called inside a unit of work. */
    List<String> next(ServiceId id, Series series, int count) {
        Service service = services.find(id).orElseThrow();
        String prefix = service.code().toUpperCase(Locale.ROOT) + (series == Series.CREDIT_NOTE ? "-CN-" : "-");
        long first = numbers.take(id, series, count);
        return LongStream.range(first, first + count).mapToObj(number -> prefix + String.format(Locale.ROOT, "%06d", number))
                .toList();
    }
}
