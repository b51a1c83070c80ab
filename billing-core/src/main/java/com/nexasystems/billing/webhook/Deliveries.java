package com.nexasystems.billing.webhook;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.identity.ServiceId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The events that wait to be delivered, and their deliveries. {@code DeliveriesContract} checks these rules.
 *
 * <p>WD-1 An event of a service that had an endpoint when it was appended is taken once, by the unit of work that is kept,
 * exactly as it was and with its sequence number, also when several take at once; in no order.
 * <p>WD-2 A delivery that was added is found by service and id, exactly as it was; by another service it is not. An event
 * goes to an endpoint once: adding another delivery of both keeps nothing of it, nor does adding one to an endpoint that is
 * not there.
 * <p>WD-3 A claim gives pending deliveries that are due, of endpoints that are not disabled, the longest due first of each
 * endpoint, at most as many of one endpoint and at most as many in all as asked for, none of the busy endpoints; and puts
 * off when they are due. What is claimed by one is not claimed by another meanwhile.
 * <p>WD-4 However much is due at one endpoint, a claim gives what is due at the others.
 * <p>WD-5 An outcome replaces state, tries and next attempt of a delivery that is pending and has been tried as often as
 * before that attempt; of any other it changes nothing. The attempt is kept in any case, unless the delivery is gone.
 * <p>WD-6 {@link #attempts} gives the attempts of a delivery, the earliest first.
 * <p>WD-7 {@link #search} gives what {@link DeliverySearch} says, the newest first, then by id, page by page.
 * <p>WD-8 What is sent again is pending, due and untried, whatever it was, unless it was pending before; its event and body
 * stay, and so do its attempts.
 * <p>WD-9 What was last tried before an instant, or made before it and never tried, can be forgotten, with its attempts;
 * what is pending stays.
 */
public interface Deliveries {

    /** Must be called inside a unit of work, which takes them. */
    List<Sequenced> takeNew(int limit);

    void add(List<Delivery> deliveries);

    /**
     * @param lostAt      when what is claimed is due again, unless its outcome was recorded
     * @param perEndpoint at most so many of each endpoint
     */
    List<Delivery> claimDue(Instant now, Instant lostAt, Collection<EndpointId> busy, int perEndpoint, int limit);

    void record(List<Outcome> outcomes);

    Optional<Delivery> find(ServiceId service, DeliveryId id);

    List<DeliveryAttempt> attempts(DeliveryId id);

    Page<Delivery> search(DeliverySearch search, PageRequest request);

    /** @return false if the service has none of that id, or it is pending */
    boolean sendAgain(ServiceId service, DeliveryId id, Instant now);

    /** @return how many are sent again */
    int sendAgain(DeliverySearch search, Instant now);

    /** @return how many were forgotten, at most some thousands: more are there if it is not zero */
    int forget(Instant olderThan);

    /** What became of a delivery by an attempt. */
    record Outcome(Delivery after, DeliveryAttempt attempt) { }
}
