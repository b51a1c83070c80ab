package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.util.Optional;

/**
 * The subscription that an invoice is for.
 *
 * @param externalId  the service's own id of it
 * @param plan        and the version whose prices apply; lines of another plan or version name their own
 * @param usagePeriod the stretch whose usage is billed; empty if none is
 */
public record BilledSubscription(SubscriptionId id, String externalId, PlanCode plan, int planVersion,
                                 Optional<BillingPeriod> usagePeriod) { }
