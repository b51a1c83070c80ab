package com.nexasystems.billing.app;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.charge.Billable;
import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.charge.Priced;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;

/** A charge and its usage as one JSON object: what {@link ChargePrice} and {@link ChargeUsage} read. */
final class ChargeJson {

    private ChargeJson() {
    }

    /** @throws InvalidValue naming the field, if the charge cannot be priced */
    static Priced price(String line) {
        ChargeFields root = ChargeFields.of("line", "", Json.read("line", line));
        var price = new ChargePrice(root, "");
        ChargeModel model = price.model();
        var charge = Charge.of(new MetricCode("units"), price.quota(), model);
        Billable used = new ChargeUsage(root, model).read();
        BigDecimal overage = charge.quota().over(used.total()).overage();
        return model.price(new Billable(overage, used.count(), used.events(), used.amount()));
    }
}
