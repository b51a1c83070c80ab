package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.http.UsageReader.Sent;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.usage.RecordUsage.Option;
import com.nexasystems.billing.usage.UsageOutcome;
import com.nexasystems.billing.usage.UsageSubmission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Records under the service's own codes of metrics, on their way into the engine. */
final class UsageIntake {

    private final Billing billing;

    UsageIntake(Billing billing) {
        this.billing = billing;
    }

    /** In their order. Must be called inside a unit of work, which keeps all of it. */
    List<UsageOutcome> record(Service service, List<Sent> sent, boolean replaceAll, boolean allOrNothing) {
        Map<String, Entry> metrics = billing.ports().directory().findAll(service.id(), Kind.METRIC,
                sent.stream().map(one -> one.submission().metric()).filter(Objects::nonNull).distinct().toList());
        var outcomes = new UsageOutcome[sent.size()];
        var places = new ArrayList<Integer>();
        for (int i = 0; i < sent.size(); i++) {
            outcomes[i] = refusal(sent.get(i), metrics);
            if (outcomes[i] == null) {
                places.add(i);
            }
        }
        boolean complete = places.size() == sent.size();
        if (allOrNothing && !complete) {
            places.forEach(place -> outcomes[place] = new UsageOutcome.NotStored());
            return Arrays.asList(outcomes);
        }
        for (boolean replace : new boolean[] {false, true}) {
            List<Integer> some = places.stream().filter(i -> (replaceAll || sent.get(i).replace()) == replace).toList();
            record(service, sent, metrics, some, outcomes, options(replace, allOrNothing));
        }
        return Arrays.asList(outcomes);
    }

    private void record(Service service, List<Sent> sent, Map<String, Entry> metrics, List<Integer> places,
                        UsageOutcome[] outcomes, Option... options) {
        if (places.isEmpty()) {
            return;
        }
        List<UsageOutcome> recorded = billing.usage().record(service, places.stream()
                .map(i -> inTheEngine(sent.get(i).submission(), metrics)).toList(), options);
        for (int i = 0; i < places.size(); i++) {
            outcomes[places.get(i)] = recorded.get(i);
        }
    }

    private static Option[] options(boolean replace, boolean allOrNothing) {
        List<Option> options = new ArrayList<>();
        if (replace) {
            options.add(Option.REPLACE);
        }
        if (allOrNothing) {
            options.add(Option.ALL_OR_NOTHING);
        }
        return options.toArray(Option[]::new);
    }

    /** Null for a record that the engine has to look at. */
    private static UsageOutcome refusal(Sent sent, Map<String, Entry> metrics) {
        if (sent.problem().isPresent()) {
            return new UsageOutcome.Refused(sent.problem().get().field(), sent.problem().get().reason());
        }
        String metric = sent.submission().metric();
        if (metric == null || metric.isBlank()) {
            return new UsageOutcome.Refused("metric", "is mandatory");
        }
        return metrics.containsKey(metric) ? null : new UsageOutcome.Refused("metric", "does not exist: " + metric);
    }

    private static UsageSubmission inTheEngine(UsageSubmission sent, Map<String, Entry> metrics) {
        return new UsageSubmission(sent.subscription(), metrics.get(sent.metric()).subject(), sent.start(), sent.end(),
                sent.quantity(), sent.amount(), sent.properties(), sent.idempotencyKey());
    }
}
