package com.nexasystems.billing.tax;

import com.nexasystems.billing.tax.TaxRate.Component;
import java.math.BigDecimal;
import java.util.List;

/** What a line can be taxed with: a rate of a jurisdiction, or a tax of a service's own. */
public sealed interface Levy permits TaxRate, ServiceTax {

    /** On invoices. */
    String code();

    /** What the rate is made of; their rates add up to it. */
    List<Component> components();

    /** In percent: 13 means 13 %. */
    default BigDecimal percent() {
        return components().stream().map(Component::percent).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
