package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.memory.MemoryWebhookTransport;
import com.nexasystems.billing.webhook.Deliveries;
import com.nexasystems.billing.webhook.Deliveries.Outcome;
import com.nexasystems.billing.webhook.Delivery;
import com.nexasystems.billing.webhook.Delivery.State;
import com.nexasystems.billing.webhook.DeliveryAttempt;
import com.nexasystems.billing.webhook.DeliveryId;
import com.nexasystems.billing.webhook.DeliverySearch;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.EndpointId;
import com.nexasystems.billing.webhook.Endpoints;
import com.nexasystems.billing.webhook.WebhookTransport;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** As {@link WrongAdapters}, for endpoints, deliveries, and the way to the receivers. */
final class WrongWebhooks {

    private static final List<ServiceId> SERVICES = List.of(Samples.service("hosting").id(), Samples.service("chat").id());

    private WrongWebhooks() {
    }

    private static Ports wrongEndpoints(Function<Endpoints, Object> mistakes) {
        return Wrong.in(Ports.inMemory(), Endpoints.class, mistakes);
    }

    private static Ports wrongDeliveries(Function<Deliveries, Object> mistakes) {
        return Wrong.in(Ports.inMemory(), Deliveries.class, mistakes);
    }

    // --- endpoints

    @Breaks("WE-1")
    static class FindsTheEndpointsOfAnybody extends EndpointsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongEndpoints(right -> new Object() {
                public Optional<Endpoint> find(ServiceId service, EndpointId id) {
                    return SERVICES.stream().flatMap(any -> right.find(any, id).stream()).findFirst();
                }
            });
        }
    }

    @Breaks("WE-2")
    static class LetsOneMoreIn extends EndpointsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongEndpoints(right -> new Object() {
                public boolean add(Endpoint endpoint, int most) {
                    return right.add(endpoint, most + 1);
                }
            });
        }
    }

    @Breaks("WE-2")
    static class CountsThoseThatAreOn extends EndpointsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongEndpoints(right -> new Object() {
                public boolean add(Endpoint endpoint, int most) {
                    return right.of(List.of(endpoint.service())).size() < most && right.add(endpoint, Integer.MAX_VALUE);
                }
            });
        }
    }

    @Breaks("WE-3")
    static class KeepsTheFormat extends EndpointsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongEndpoints(right -> new Object() {
                public void update(Endpoint endpoint) {
                    right.update(endpoint.changed(endpoint.name(), endpoint.url(), Endpoint.Format.STANDARD,
                            endpoint.types()));
                }
            });
        }
    }

    @Breaks("WE-3")
    static class AddsWhatIsNotThere extends EndpointsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongEndpoints(right -> new Object() {
                public void update(Endpoint endpoint) {
                    if (SERVICES.stream().allMatch(any -> right.find(any, endpoint.id()).isEmpty())) {
                        right.add(endpoint, Integer.MAX_VALUE);
                    }
                    right.update(endpoint);
                }
            });
        }
    }

    @Breaks("WE-4")
    static class RemovesTheEndpointsOfAnybody extends EndpointsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongEndpoints(right -> new Object() {
                public boolean remove(ServiceId service, EndpointId id) {
                    return SERVICES.stream().anyMatch(any -> right.remove(any, id));
                }
            });
        }
    }

    @Breaks("WE-4")
    static class KeepsTheAttemptsOfWhatWasRemoved extends EndpointsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongDeliveries(right -> new Object() {
                private final List<DeliveryAttempt> attempts = new ArrayList<>();

                public void record(List<Outcome> outcomes) {
                    outcomes.forEach(outcome -> attempts.add(outcome.attempt()));
                    right.record(outcomes);
                }

                public List<DeliveryAttempt> attempts(DeliveryId id) {
                    return attempts.stream().filter(attempt -> attempt.delivery().equals(id)).toList();
                }
            });
        }
    }

    @Breaks("WE-5")
    static class ListsTheOldestEndpointFirst extends EndpointsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongEndpoints(right -> new Object() {
                public Page<Endpoint> list(ServiceId service, PageRequest request) {
                    return Page.of(right.list(service, PageRequest.first(PageRequest.LARGEST)).items().stream()
                            .sorted(Comparator.comparing(Endpoint::createdAt)).toList(), request);
                }
            });
        }
    }

    @Breaks("WE-6")
    static class GivesThoseThatAreDisabledToo extends EndpointsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongEndpoints(right -> new Object() {
                public List<Endpoint> of(Collection<ServiceId> services) {
                    return services.stream().flatMap(service -> right.list(service,
                                    PageRequest.first(PageRequest.LARGEST)).items().stream())
                            .sorted(Comparator.comparing(endpoint -> endpoint.id().toString())).toList();
                }
            });
        }
    }

    @Breaks("WE-6")
    static class TakesHalfOfAllIdsForNegative extends EndpointsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongEndpoints(right -> new Object() {
                public List<Endpoint> of(Collection<ServiceId> services) {
                    return right.of(services).stream().sorted(Comparator.comparing(endpoint -> endpoint.id().value()))
                            .toList();
                }
            });
        }
    }

    @Breaks("WE-7")
    static class HoldsWhatItHasSeenBefore extends EndpointsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongEndpoints(right -> new Object() {
                private final Map<EndpointId, Optional<Endpoint>> seen = new ConcurrentHashMap<>();

                public Optional<Endpoint> hold(ServiceId service, EndpointId id) {
                    return seen.computeIfAbsent(id, unknown -> right.hold(service, id))
                            .filter(endpoint -> endpoint.service().equals(service));
                }
            });
        }
    }

    // --- deliveries

    @Breaks("WD-1")
    static class LosesWhatWorkThatFailedHasTaken extends DeliveriesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongDeliveries(right -> new Object() {
                private final Set<UUID> taken = ConcurrentHashMap.newKeySet();

                public List<Sequenced> takeNew(int limit) {
                    return right.takeNew(limit).stream().filter(event -> taken.add(event.event().id())).toList();
                }
            });
        }
    }

    @Breaks("WD-1")
    static class CountsAllEventsFromOne extends DeliveriesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongDeliveries(right -> new Object() {
                private final AtomicInteger last = new AtomicInteger();

                public List<Sequenced> takeNew(int limit) {
                    return right.takeNew(limit).stream()
                            .map(event -> new Sequenced(last.incrementAndGet(), event.event())).toList();
                }
            });
        }
    }

    @Breaks("WD-2")
    static class FindsTheDeliveriesOfAnybody extends DeliveriesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongDeliveries(right -> new Object() {
                public Optional<Delivery> find(ServiceId service, DeliveryId id) {
                    return SERVICES.stream().flatMap(any -> right.find(any, id).stream()).findFirst();
                }
            });
        }
    }

    @Breaks("WD-2")
    static class SendsAnEventAsOftenAsItIsAdded extends DeliveriesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongDeliveries(right -> new Object() {
                private final Set<String> seen = new HashSet<>();

                public synchronized void add(List<Delivery> deliveries) {
                    right.add(deliveries.stream().map(one -> seen.add(one.event() + " " + one.endpoint()) ? one
                            : new Delivery(one.id(), one.endpoint(), one.service(), one.id().value(), one.type(), one.body(),
                            one.state(), one.tries(), one.nextAt(), one.createdAt())).toList());
                }
            });
        }
    }

    @Breaks("WD-3")
    static class ForgetsWhoIsBusy extends DeliveriesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongDeliveries(right -> new Object() {
                public List<Delivery> claimDue(Instant now, Instant lostAt, Collection<EndpointId> busy, int perEndpoint,
                                               int limit) {
                    return right.claimDue(now, lostAt, List.of(), perEndpoint, limit);
                }
            });
        }
    }

    @Breaks("WD-3")
    static class DoesNotPutOffWhatIsClaimed extends DeliveriesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongDeliveries(right -> new Object() {
                public List<Delivery> claimDue(Instant now, Instant lostAt, Collection<EndpointId> busy, int perEndpoint,
                                               int limit) {
                    return right.claimDue(now, now, busy, perEndpoint, limit);
                }
            });
        }
    }

    @Breaks({"WD-3", "WD-4"})
    static class ClaimsOneMoreOfEach extends DeliveriesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongDeliveries(right -> new Object() {
                public List<Delivery> claimDue(Instant now, Instant lostAt, Collection<EndpointId> busy, int perEndpoint,
                                               int limit) {
                    return right.claimDue(now, lostAt, busy, perEndpoint + 1, limit);
                }
            });
        }
    }

    @Breaks("WD-4")
    static class LooksAtOneEndpointIfMuchIsDueThere extends DeliveriesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongDeliveries(right -> new Object() {
                public List<Delivery> claimDue(Instant now, Instant lostAt, Collection<EndpointId> busy, int perEndpoint,
                                               int limit) {
                    List<Delivery> claimed = right.claimDue(now, lostAt, busy, perEndpoint, limit);
                    boolean much = right.search(DeliverySearch.of(SERVICES.get(0)).in(Set.of(State.PENDING)),
                            PageRequest.first(1)).total() > 100;
                    return claimed.stream().filter(one -> !much || one.endpoint().equals(claimed.get(0).endpoint()))
                            .toList();
                }
            });
        }
    }

    @Breaks("WD-5")
    static class TakesEveryOutcomeForTheLatest extends DeliveriesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongDeliveries(right -> new Object() {
                public void record(List<Outcome> outcomes) {
                    outcomes.forEach(outcome -> right.record(List.of(new Outcome(right.find(outcome.after().service(),
                            outcome.after().id()).map(stored -> stored.as(outcome.after().state(), stored.tries() + 1,
                            outcome.after().nextAt())).orElse(outcome.after()), outcome.attempt()))));
                }
            });
        }
    }

    @Breaks({"WD-5", "WD-6"})
    static class LosesAttemptsThatChangeNothing extends DeliveriesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongDeliveries(right -> new Object() {
                public void record(List<Outcome> outcomes) {
                    right.record(outcomes.stream().filter(outcome -> right.find(outcome.after().service(),
                            outcome.after().id()).filter(stored -> stored.state() != State.PENDING
                            || stored.tries() + 1 != outcome.after().tries()).isEmpty()).toList());
                }
            });
        }
    }

    @Breaks("WD-6")
    static class GivesTheLatestAttemptFirst extends DeliveriesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongDeliveries(right -> new Object() {
                public List<DeliveryAttempt> attempts(DeliveryId id) {
                    return right.attempts(id).stream().sorted(Comparator.comparing(DeliveryAttempt::at).reversed()).toList();
                }
            });
        }
    }

    @Breaks("WD-7")
    static class FindsTheOldestDeliveryFirst extends DeliveriesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongDeliveries(right -> new Object() {
                public Page<Delivery> search(DeliverySearch search, PageRequest request) {
                    return Page.of(right.search(search, PageRequest.first(PageRequest.LARGEST)).items().stream()
                            .sorted(Comparator.comparing(Delivery::createdAt)).toList(), request);
                }
            });
        }
    }

    @Breaks("WD-7")
    static class FindsWhatWasMadeAtTheEndToo extends DeliveriesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongDeliveries(right -> new Object() {
                public Page<Delivery> search(DeliverySearch search, PageRequest request) {
                    return right.search(search.made(search.from(), search.until().map(until -> until.plusNanos(1_000))),
                            request);
                }
            });
        }
    }

    @Breaks("WD-8")
    static class SendsMoreAgainThanWasAskedFor extends DeliveriesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongDeliveries(right -> new Object() {
                public int sendAgain(DeliverySearch search, Instant now) {
                    return right.sendAgain(DeliverySearch.of(search.service()), now);
                }
            });
        }
    }

    @Breaks("WD-8")
    static class SendsAgainForAnybody extends DeliveriesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongDeliveries(right -> new Object() {
                public boolean sendAgain(ServiceId service, DeliveryId id, Instant now) {
                    return SERVICES.stream().anyMatch(any -> right.sendAgain(any, id, now));
                }
            });
        }
    }

    @Breaks("WD-9")
    static class ForgetsWhatIsYoungerToo extends DeliveriesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongDeliveries(right -> new Object() {
                public int forget(Instant olderThan) {
                    return right.forget(olderThan.plus(Duration.ofDays(30)));
                }
            });
        }
    }

    @Breaks("WD-9")
    static class KeepsTheAttemptsOfWhatIsForgotten extends DeliveriesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongDeliveries(right -> new Object() {
                private final Map<DeliveryId, List<DeliveryAttempt>> forgotten = new HashMap<>();

                public int forget(Instant olderThan) {
                    SERVICES.stream().flatMap(any -> right.search(DeliverySearch.of(any),
                                    PageRequest.first(PageRequest.LARGEST)).items().stream())
                            .forEach(one -> forgotten.put(one.id(), right.attempts(one.id())));
                    return right.forget(olderThan);
                }

                public List<DeliveryAttempt> attempts(DeliveryId id) {
                    List<DeliveryAttempt> attempts = right.attempts(id);
                    return attempts.isEmpty() ? forgotten.getOrDefault(id, List.of()) : attempts;
                }
            });
        }
    }

    // --- the way to the receivers

    /** A right transport, unless a subclass changes what goes through it. */
    private abstract static class Transport implements WebhookTransport {

        final MemoryWebhookTransport right;

        Transport(MemoryWebhookTransport right) {
            this.right = right;
        }

        @Override
        public Optional<String> body(Endpoint endpoint, Sequenced event) {
            return right.body(endpoint, event);
        }

        @Override
        public String ping(Endpoint endpoint, Instant now) {
            return right.ping(endpoint, now);
        }

        @Override
        public Optional<String> refusal(URI url) {
            return right.refusal(url);
        }

        @Override
        public CompletableFuture<Answer> send(Message message) {
            return right.send(message);
        }
    }

    @Breaks("WT-1")
    static class SignsWithTheFirstSecretOnly extends MemoryTransportContract {
        @Override
        protected WebhookTransport transport(MemoryWebhookTransport memory) {
            return new Transport(memory) {
                @Override
                public CompletableFuture<Answer> send(Message message) {
                    return right.send(new Message(message.endpoint(), message.id(), message.timestamp(), message.body(),
                            message.secrets().subList(0, 1)));
                }
            };
        }
    }

    @Breaks("WT-1")
    static class TakesBlanksFromTheEndOfBodies extends MemoryTransportContract {
        @Override
        protected WebhookTransport transport(MemoryWebhookTransport memory) {
            return new Transport(memory) {
                @Override
                public CompletableFuture<Answer> send(Message message) {
                    return right.send(new Message(message.endpoint(), message.id(), message.timestamp(),
                            message.body().strip(), message.secrets()));
                }
            };
        }
    }

    @Breaks("WT-2")
    static class DoesNotHearThatItShallWait extends MemoryTransportContract {
        @Override
        protected WebhookTransport transport(MemoryWebhookTransport memory) {
            return new Transport(memory) {
                @Override
                public CompletableFuture<Answer> send(Message message) {
                    return right.send(message).thenApply(answer -> new Answer(answer.status(), Optional.empty(),
                            answer.detail()));
                }
            };
        }
    }

    @Breaks("WT-3")
    static class ThrowsIfThereIsNoAnswer extends MemoryTransportContract {
        @Override
        protected WebhookTransport transport(MemoryWebhookTransport memory) {
            return new Transport(memory) {
                @Override
                public CompletableFuture<Answer> send(Message message) {
                    return right.send(message).thenApply(answer -> {
                        if (answer.status().isEmpty() && refusal(message.endpoint().url()).isEmpty()) {
                            throw new IllegalStateException(answer.detail());
                        }
                        return answer;
                    });
                }
            };
        }
    }

    @Breaks("WT-4")
    static class FollowsRedirects extends MemoryTransportContract {
        @Override
        protected WebhookTransport transport(MemoryWebhookTransport memory) {
            return new Transport(memory) {
                @Override
                public CompletableFuture<Answer> send(Message message) {
                    return right.send(message).thenCompose(answer -> answer.status().filter(code -> code / 100 == 3)
                            .isEmpty() ? CompletableFuture.completedFuture(answer) : right.send(elsewhere(message)));
                }

                private Message elsewhere(Message message) {
                    Endpoint from = message.endpoint();
                    return new Message(from.changed(from.name(), URI.create("https://receiver-2.example/hooks"),
                            from.format(), from.types()), message.id(), message.timestamp(), message.body(),
                            message.secrets());
                }
            };
        }
    }

    @Breaks("WT-5")
    static class NumbersItsBodies extends MemoryTransportContract {
        @Override
        protected WebhookTransport transport(MemoryWebhookTransport memory) {
            var last = new AtomicInteger();
            return new Transport(memory) {
                @Override
                public Optional<String> body(Endpoint endpoint, Sequenced event) {
                    return right.body(endpoint, event).map(body -> body + last.incrementAndGet());
                }
            };
        }
    }

    @Breaks("WT-5")
    static class LeavesOutTheSequenceNumber extends MemoryTransportContract {
        @Override
        protected WebhookTransport transport(MemoryWebhookTransport memory) {
            return new Transport(memory) {
                @Override
                public Optional<String> body(Endpoint endpoint, Sequenced event) {
                    return right.body(endpoint, new Sequenced(0, event.event()));
                }
            };
        }
    }

    @Breaks("WT-6")
    static class RefusesOnlyIfItIsAsked extends MemoryTransportContract {
        @Override
        protected WebhookTransport transport(MemoryWebhookTransport memory) {
            return new Transport(memory) {
                @Override
                public CompletableFuture<Answer> send(Message message) {
                    return right.send(message).thenApply(answer -> refusal(message.endpoint().url()).isEmpty() ? answer
                            : new Answer(Optional.of(200), Optional.empty(), ""));
                }
            };
        }
    }
}
