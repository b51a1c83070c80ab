package com.nexasystems.billing.catalog;

import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.metric.Filters;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.quota.Quota;
import java.util.List;
import java.util.Map;

/**
 * Usage of a charge that has a price of its own, because its properties have certain values.
 *
 * @param name   on invoices; unique in its charge
 * @param values by property; a record matches if each of these properties has one of its values. No value = any that the
 *               metric declares
 * @param quota  included of the usage that matches; the charge's own does not apply to it
 * @param model  prices the rest of it
 * @param groupBy properties by whose values the usage that matches is priced apart; the charge's own do not apply to it
 */
public record ChargeFilter(String name, Map<String, List<String>> values, Quota quota, ChargeModel model,
                           List<String> groupBy) {

    public ChargeFilter {
        InvalidValue.checkText("filters.name", name, 255);
        values = Filters.checked("filters.values", values);
        if (values.isEmpty()) {
            throw new InvalidValue("filters.values", "names no property");
        }
        ChargeTerms.checkGroups(groupBy);
        groupBy = List.copyOf(groupBy);
        Charge.checkQuota(quota, model);
    }

    /** A filter whose usage is priced as one. */
    public ChargeFilter(String name, Map<String, List<String>> values, Quota quota, ChargeModel model) {
        this(name, values, quota, model, List.of());
    }
}
