package com.nexasystems.billing.app;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.subscription.StartSubscription.BillingTime;
import com.nexasystems.billing.subscription.StartSubscription.Request;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.usage.UsageSubmission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Loads a file of the hosting platform. A deployment that is met for the first time is put on the sample plan. Safe to
 * repeat and to kill: whatever an earlier run has made is found.
 */
final class HostingLoader {

    private static final Map<String, String> COLUMNS =
            Map.of("quantity", "cpu_seconds", "start", "hour_start", "subscription", "deployment");
    private static final Address HOME = Address.in("CA", "ON");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int PAGE = 1000;

    private final Billing billing;
    private final Service service;
    private final String metric;
    private final HostingFile file;
    private final Map<String, Optional<CustomerId>> linked = new HashMap<>();
    private final Set<String> foreign = new HashSet<>();

    HostingLoader(Billing billing, Service service, String metric, HostingFile file) {
        this.billing = billing;
        this.service = service;
        this.metric = metric;
        this.file = file;
    }

    LoadReport load(boolean replace, RowProblems problems, Progress progress) {
        startSubscriptions();
        var batches = new UsageBatches(billing, service, replace, COLUMNS, problems, progress);
        file.forEach((row, number) -> {
            if (foreign.contains(row.deployment())) {
                problems.report(number, "customer", "deployment '" + row.deployment()
                        + "' is there and belongs to another customer than '" + row.customer() + "'");
            } else {
                batches.add(submission(row), number);
            }
        });
        return batches.finish();
    }

    /** The key is the hour as an instant: two spellings of one hour are one record. */
    private UsageSubmission submission(HostingFile.Row row) {
        return UsageSubmission.counter(row.deployment(), metric, row.hour(), row.hour().plus(HOUR),
                row.cpuSeconds(), row.hour().toString());
    }

    private void startSubscriptions() {
        var page = new ArrayList<String>(PAGE);
        for (String deployment : file.owners().keySet()) {
            page.add(deployment);
            if (page.size() == PAGE) {
                startSubscriptions(page);
                page.clear();
            }
        }
        startSubscriptions(page);
    }

    private void startSubscriptions(List<String> deployments) {
        Map<String, Subscription> there = billing.ports().subscriptions().resolve(service.id(), deployments);
        there.forEach((deployment, subscription) -> {
            if (!linked(file.owners().get(deployment)).equals(Optional.of(subscription.customer()))) {
                foreign.add(deployment);
            }
        });
        List<String> missing = deployments.stream().filter(deployment -> !there.containsKey(deployment)).toList();
        Map<String, Customer> customers = resolve(missing.stream().map(file.owners()::get).distinct().toList());
        billing.subscriptions().startAll(service.id(), missing.stream().map(deployment -> new Request(
                customers.get(file.owners().get(deployment)), deployment, SampleCatalogue.PLAN, BillingTime.CALENDAR,
                file.firstMonth())).toList());
    }

    private Optional<CustomerId> linked(String customer) {
        return linked.computeIfAbsent(customer,
                externalId -> billing.ports().customers().findLinked(service.id(), externalId).map(Customer::id));
    }

    private Map<String, Customer> resolve(List<String> externalIds) {
        List<Customer> resolved = billing.customers().resolveAll(service.id(),
                externalIds.stream().map(Account::of).toList(), candidate -> candidate.withAddress(HOME));
        Map<String, Customer> customers = new HashMap<>();
        for (int i = 0; i < externalIds.size(); i++) {
            customers.put(externalIds.get(i), resolved.get(i));
        }
        return customers;
    }
}
