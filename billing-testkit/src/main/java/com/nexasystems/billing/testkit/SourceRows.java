package com.nexasystems.billing.testkit;

import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourcePlan;
import com.nexasystems.billing.shadow.SourceRow;
import com.nexasystems.billing.shadow.SourceSubscription;
import com.nexasystems.billing.shadow.SourceUsage;
import com.nexasystems.billing.shadow.SourceUser;
import java.util.List;

/**
 * What an application is to hold. A row without a value is one that cannot be read: let it be there under its id, with
 * whatever an adapter cannot make sense of.
 */
public record SourceRows(List<SourceRow<SourcePlan>> plans, List<SourceRow<SourceUser>> users,
                         List<SourceRow<SourceSubscription>> subscriptions, List<SourceRow<SourceUsage>> usage,
                         List<SourceRow<SourceInvoice>> invoices) {

    public SourceRows {
        plans = List.copyOf(plans);
        users = List.copyOf(users);
        subscriptions = List.copyOf(subscriptions);
        usage = List.copyOf(usage);
        invoices = List.copyOf(invoices);
    }

    static SourceRows none() {
        return new SourceRows(List.of(), List.of(), List.of(), List.of(), List.of());
    }

    SourceRows withPlans(List<SourceRow<SourcePlan>> changed) {
        return new SourceRows(changed, users, subscriptions, usage, invoices);
    }

    SourceRows withUsers(List<SourceRow<SourceUser>> changed) {
        return new SourceRows(plans, changed, subscriptions, usage, invoices);
    }

    SourceRows withSubscriptions(List<SourceRow<SourceSubscription>> changed) {
        return new SourceRows(plans, users, changed, usage, invoices);
    }

    SourceRows withUsage(List<SourceRow<SourceUsage>> changed) {
        return new SourceRows(plans, users, subscriptions, changed, invoices);
    }

    SourceRows withInvoices(List<SourceRow<SourceInvoice>> changed) {
        return new SourceRows(plans, users, subscriptions, usage, changed);
    }
}
