package com.nexasystems.billing.tax;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.tax.TaxRate.Component;
import java.math.BigDecimal;
import java.util.List;

/**
 * A tax of a service's own, which it puts on customers and on what it sells, wherever the customers live.
 *
 * @param code         unique in the service
 * @param name         on invoices
 * @param percent      13 means 13 %; not negative
 * @param appliedToAll on all that nothing says otherwise of
 */
public record ServiceTax(ServiceId service, String code, String name, BigDecimal percent, boolean appliedToAll)
        implements Levy {

    public ServiceTax {
        InvalidValue.checkText("code", code, 255);
        InvalidValue.checkText("name", name, 255);
        percent = Decimals.nonNegative("rate", percent);
    }

    @Override
    public List<Component> components() {
        return List.of(new Component("rate", percent));
    }
}
