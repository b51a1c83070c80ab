package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.Backlog;
import com.nexasystems.billing.invoicing.Backlog.Figures;
import com.nexasystems.billing.invoicing.BillingTerms;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceSearch;
import com.nexasystems.billing.invoicing.Invoices;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.SubscriptionSearch;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.usage.EventSearch;
import com.nexasystems.billing.usage.UsageRecord;
import com.nexasystems.billing.usage.UsageRecords;
import com.nexasystems.billing.usage.UsageTotal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** As {@link WrongAdapters}, for lists and for what single customers have otherwise. */
final class WrongLists {

    private WrongLists() {
    }

    @Breaks("SU-11")
    static class CountsThePageOnly extends SubscriptionsContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), Subscriptions.class, right -> new Object() {
                public Page<Subscription> search(SubscriptionSearch search, PageRequest request) {
                    return new Page<>(right.search(search, request).items(), request.size());
                }
            });
        }
    }

    @Breaks("IN-12")
    static class SearchesWithoutRegardToTheStatus extends InvoicesContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), Invoices.class, right -> new Object() {
                public Page<Invoice> search(InvoiceSearch search, PageRequest request) {
                    return right.search(search.in(InvoiceSearch.of(search.service()).statuses()), request);
                }
            });
        }
    }

    @Breaks("BT-1")
    static class KeepsTheTermsThatWereSetFirst extends BillingTermsContract {
        @Override
        protected Ports emptyPorts() {
            Map<ServiceCustomer, BillingTerms.Terms> first = new HashMap<>();
            return Wrong.in(Ports.inMemory(), BillingTerms.class, right -> new Object() {
                public void set(ServiceCustomer holder, BillingTerms.Terms terms) {
                    first.putIfAbsent(holder, terms);
                    right.set(holder, terms);
                }

                public Map<ServiceCustomer, BillingTerms.Terms> of(Collection<ServiceCustomer> holders) {
                    Map<ServiceCustomer, BillingTerms.Terms> known = new HashMap<>(first);
                    known.keySet().retainAll(holders);
                    return known;
                }
            });
        }
    }

    @Breaks("BT-2")
    static class KnowsNoShorterGrace extends BillingTermsContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), BillingTerms.class, right -> new Object() {
                public Optional<Integer> shortestGrace() {
                    return Optional.empty();
                }
            });
        }
    }

    @Breaks("BK-1")
    static class CountsWhatIsBilledNoMore extends BacklogContract {
        @Override
        protected Ports emptyPorts() {
            return withBacklog(right -> new Figures(right.unbilledRecords() + 1, right.oldestUnbilled(),
                    right.dueSubscriptions(), right.openDrafts()));
        }
    }

    @Breaks("BK-2")
    static class KnowsNothingThatIsDue extends BacklogContract {
        @Override
        protected Ports emptyPorts() {
            return withBacklog(right -> new Figures(right.unbilledRecords(), right.oldestUnbilled(), 0, right.openDrafts()));
        }
    }

    @Breaks("BK-3")
    static class KeepsNoAccountOfDrafts extends BacklogContract {
        @Override
        protected Ports emptyPorts() {
            return withBacklog(right -> new Figures(right.unbilledRecords(), right.oldestUnbilled(),
                    right.dueSubscriptions(), 0));
        }
    }

    @Breaks("UR-12")
    static class FindsEventsOfOneMetricOnly extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), UsageRecords.class, right -> new Object() {
                public List<UsageRecord> events(ServiceId service, String idempotencyKey) {
                    return right.events(service, idempotencyKey).stream().limit(1).toList();
                }
            });
        }
    }

    @Breaks("UR-13")
    static class TakesTheEndOfAStretchForAPartOfIt extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), UsageRecords.class, right -> new Object() {
                public Page<UsageRecord> events(EventSearch search, PageRequest request) {
                    return right.events(new EventSearch(search.service(), search.subscription(), search.metrics(),
                            search.from(), search.until().map(until -> until.plusNanos(1000))), request);
                }
            });
        }
    }

    @Breaks("UR-14")
    static class LeavesOutStretchesWithoutRecords extends UsageRecordsContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), UsageRecords.class, right -> new Object() {
                public List<UsageTotal> totals(SubscriptionId subscription, MetricCode metric, List<Instant> bounds) {
                    return right.totals(subscription, metric, bounds).stream().filter(total -> total.records() > 0).toList();
                }
            });
        }
    }

    private static Ports withBacklog(UnaryOperator<Figures> mistake) {
        return Wrong.in(Ports.inMemory(), Backlog.class, right -> new Object() {
            public Figures at(Instant asOf) {
                return mistake.apply(right.at(asOf));
            }
        });
    }
}
