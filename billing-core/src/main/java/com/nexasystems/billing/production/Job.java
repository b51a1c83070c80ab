package com.nexasystems.billing.production;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A production job of a service.
 *
 * @param number           the service's own; unique within it
 * @param order            number of the order it is for
 * @param certificateTypes which certificates it requires, sorted, each once
 * @param completion       empty while it is open. Without a bypass, the quantities of a completed job add up
 */
public record Job(UUID id, ServiceId service, String number, String order, Quantities quantities, MasterData master,
                  List<String> certificateTypes, Optional<Completion> completion) {

    static final int LONGEST_NUMBER = 128;
    private static final int MOST_TYPES = 32;

    /**
     * That it was marked done.
     *
     * @param at       when, to the microsecond
     * @param bypassed whether the gate was gone around; by whom and why is on the audit trail, under the job's id
     */
    public record Completion(Actor by, Instant at, boolean bypassed) {

        public Completion {
            at = at.truncatedTo(ChronoUnit.MICROS);
        }
    }

    /** @throws InvalidValue if a number or type cannot be stored, or a completed job's quantities do not add up */
    public Job {
        InvalidValue.checkText("number", number, LONGEST_NUMBER);
        InvalidValue.checkText("order", order, LONGEST_NUMBER);
        certificateTypes = certificateTypes.stream().distinct().sorted().toList();
        certificateTypes.forEach(Certificate::checkType);
        if (certificateTypes.size() > MOST_TYPES) {
            throw new InvalidValue("certificate_types", "are more than " + MOST_TYPES);
        }
        if (!quantities.addUp() && completion.filter(done -> !done.bypassed).isPresent()) {
            throw new InvalidValue("quantities", "must add up, as job " + number + " of order " + order + " is completed: "
                    + quantities);
        }
    }

    public boolean isCompleted() {
        return completion.isPresent();
    }

    Job completed(Completion now) {
        return new Job(id, service, number, order, quantities, master, certificateTypes, Optional.of(now));
    }

    /** What it is called on the audit trail. */
    String auditName() {
        return id.toString();
    }

    @Override
    public String toString() {
        return "job " + number + " of order " + order;
    }
}
