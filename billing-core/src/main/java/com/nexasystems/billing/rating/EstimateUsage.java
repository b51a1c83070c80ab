package com.nexasystems.billing.rating;

import com.nexasystems.billing.boundary.DryRun;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.usage.RecordUsage;
import com.nexasystems.billing.usage.UsageOutcome;
import com.nexasystems.billing.usage.UsageSubmission;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a record would add to the usage of its period, if it were recorded. It goes the way of a real one, and is not kept. */
public final class EstimateUsage {

    private final RecordUsage recording;
    private final CurrentUsage current;
    private final Subscriptions subscriptions;
    private final UnitOfWork unitOfWork;

    @Inject
    public EstimateUsage(RecordUsage recording, CurrentUsage current, Subscriptions subscriptions, UnitOfWork unitOfWork) {
        this.recording = recording;
        this.current = current;
        this.subscriptions = subscriptions;
        this.unitOfWork = unitOfWork;
    }

    /**
     * Must not be called inside a unit of work, for nothing of that is kept.
     *
     * @return for each part of the charges that change, the price with and without the record
     * @throws InvalidValue if the record would be refused
     */
    public List<MarginalPrice> estimate(Service caller, UsageSubmission submission) {
        return DryRun.of(unitOfWork, () -> prices(caller, submission));
    }

    private List<MarginalPrice> prices(Service caller, UsageSubmission submission) {
        Subscription subscription = Optional.ofNullable(submission.subscription())
                .map(name -> subscriptions.resolve(caller.id(), List.of(name)).get(name))
                .orElseThrow(() -> new InvalidValue("subscription", "not found: " + submission.subscription()));
        List<Explanation> before = current.of(subscription, submission.start()).charges();
        UsageOutcome outcome = recording.record(caller, List.of(submission)).get(0);
        if (outcome instanceof UsageOutcome.Refused refused) {
            throw new InvalidValue(refused.field(), refused.reason());
        }
        Map<Part, Explanation> known = before.stream().collect(Collectors.toMap(Part::of, Function.identity()));
        return current.of(subscription, submission.start()).charges().stream()
                .map(with -> new MarginalPrice(with, known.getOrDefault(Part.of(with), with.withoutUsage())))
                .filter(price -> !price.with().equals(price.without())).toList();
    }

    private record Part(String charge, ChargePart part) {

        static Part of(Explanation explanation) {
            return new Part(explanation.charge(), explanation.part());
        }
    }
}
