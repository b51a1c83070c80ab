package com.nexasystems.billing.webhook;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.Entropy;
import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.webhook.Endpoint.Disabled;
import com.nexasystems.billing.webhook.Endpoint.Format;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Registers where a service is told, changes it, and takes it away. Every change is audited, and no secret with it. */
public final class DefineEndpoint {

    /** How many a service may have. */
    public static final int MOST = 10;

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    private final Endpoints endpoints;
    private final WebhookTransport transport;
    private final Entropy entropy;
    private final AuditTrail trail;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public DefineEndpoint(Endpoints endpoints, WebhookTransport transport, Entropy entropy, AuditTrail trail, Ids ids,
                          Clock clock, UnitOfWork unitOfWork) {
        this.endpoints = endpoints;
        this.transport = transport;
        this.entropy = entropy;
        this.trail = trail;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * @return with its secret, which is shown once
     * @throws InvalidValue if nothing is ever sent to that address, or the service has {@value #MOST} already
     */
    public Endpoint register(ServiceId service, String name, URI url, Format format, Set<EventType> types, Actor actor) {
        checkAddress(url);
        return unitOfWork.call(() -> {
            var endpoint = new Endpoint(new EndpointId(ids.next()), service, name, url, format, types,
                    List.of(Secret.random(entropy)), Optional.empty(), clock.instant());
            if (!endpoints.add(endpoint, MOST)) {
                throw new InvalidValue("base", "a service has at most " + MOST + " endpoints");
            }
            audit(actor, "webhook_endpoint.created", endpoint);
            return endpoint;
        });
    }

    /** @throws InvalidValue if the service has no such endpoint, or nothing is ever sent to that address */
    public Endpoint change(ServiceId service, EndpointId id, String name, URI url, Format format, Set<EventType> types,
                           Actor actor) {
        checkAddress(url);
        return changed(service, id, actor, "webhook_endpoint.changed", before -> before.changed(name, url, format, types));
    }

    /**
     * Gives it a new secret, at once. The one before is valid beside it for a while, so that receivers can change at their
     * own time; the one before that no more.
     *
     * @param overlap at most 30 days
     * @return with both secrets, which are shown once
     * @throws InvalidValue if the service has no such endpoint
     */
    public Endpoint rotate(ServiceId service, EndpointId id, Duration overlap, Actor actor) {
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw new InvalidValue("overlap", "is between nothing and " + LONGEST_OVERLAP.toDays() + " days");
        }
        return changed(service, id, actor, "webhook_endpoint.secret_rotated",
                before -> before.rotated(Secret.random(entropy), clock.instant(), overlap));
    }

    /** @throws InvalidValue if the service has no such endpoint */
    public Endpoint enable(ServiceId service, EndpointId id, boolean enabled, Actor actor) {
        Instant now = clock.instant();
        return changed(service, id, actor, enabled ? "webhook_endpoint.enabled" : "webhook_endpoint.disabled",
                before -> enabled ? before.enabled() : before.disabled(new Disabled(Disabled.Reason.BY_SERVICE, now)));
    }

    /**
     * With all its deliveries.
     *
     * @throws InvalidValue if the service has no such endpoint
     */
    public void remove(ServiceId service, EndpointId id, Actor actor) {
        unitOfWork.run(() -> {
            Endpoint endpoint = held(service, id);
            endpoints.remove(service, id);
            audit(actor, "webhook_endpoint.removed", endpoint);
        });
    }

    private Endpoint changed(ServiceId service, EndpointId id, Actor actor, String action, UnaryOperator<Endpoint> change) {
        return unitOfWork.call(() -> {
            Endpoint endpoint = change.apply(held(service, id));
            endpoints.update(endpoint);
            audit(actor, action, endpoint);
            return endpoint;
        });
    }

    private Endpoint held(ServiceId service, EndpointId id) {
        return endpoints.hold(service, id)
                .orElseThrow(() -> new InvalidValue("webhook_endpoint", "does not exist: " + id));
    }

    private void checkAddress(URI url) {
        transport.refusal(url).ifPresent(reason -> {
            throw new InvalidValue("webhook_url", reason);
        });
    }

    private void audit(Actor actor, String action, Endpoint endpoint) {
        trail.add(List.of(new AuditEntry(clock.instant(), actor, action, endpoint.id().toString(),
                Map.of("host", String.valueOf(endpoint.url().getHost())))));
    }
}
