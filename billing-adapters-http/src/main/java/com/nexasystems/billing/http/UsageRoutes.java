package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.http.UsageReader.Sent;
import com.nexasystems.billing.identity.KeyScope;
import com.nexasystems.billing.invoicing.InvoiceText;
import com.nexasystems.billing.invoicing.UsageExplanation;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageOutcome;
import com.nexasystems.billing.usage.UsageSeries;
import com.nexasystems.billing.usage.UsageSeries.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /usage}: counters and events as the engine takes them, in one request of up to 10 000, or as a stream of any length
 * that is kept piece by piece.
 */
final class UsageRoutes {

    private static final int MOST = 10_000;
    private static final int PIECE = 5_000;
    private static final int MOST_SHOWN = 100;
    private static final int MOST_POINTS = 10_000;
    private static final Map<String, Step> STEPS = Map.of("hour", Step.HOUR, "day", Step.DAY, "month", Step.MONTH);

    private final Billing billing;
    private final UsageIntake intake;
    private final Codes codes;

    UsageRoutes(Billing billing) {
        this.billing = billing;
        this.intake = new UsageIntake(billing);
        this.codes = new Codes(billing);
    }

    List<Route> routes() {
        return List.of(Route.post("/usage", this::record).needing(KeyScope.USAGE).committingItself(),
                Route.get("/usage", this::series), Route.get("/usage/{id}/explain", this::explain));
    }

    private Answer record(Call call) {
        boolean lines = call.header("content-type").filter(type -> type.toLowerCase(Locale.ROOT).contains("ndjson"))
                .isPresent();
        Fields parameters = call.parameters();
        boolean replace = parameters.flag("replace").orElse(false);
        boolean allOrNothing = parameters.flag("all_or_nothing").orElse(false);
        Optional<Boolean> all = parameters.flag("outcomes");
        if (lines && allOrNothing) {
            parameters.problem("all_or_nothing", "value_is_invalid", "has no meaning for a stream, which is kept piece by piece");
        }
        parameters.check();
        return lines ? stream(call, replace, all.orElse(false)) : batch(call, replace, allOrNothing, all);
    }

    private Answer batch(Call call, boolean replace, boolean allOrNothing, Optional<Boolean> all) {
        return call.once(() -> {
            List<Sent> sent = new ArrayList<>();
            boolean single;
            try (UsageReader reader = UsageReader.of(call.stream(), false)) {
                single = reader.isSingle();
                for (Optional<Sent> next = reader.next(); next.isPresent(); next = reader.next()) {
                    if (sent.size() == MOST) {
                        throw ApiError.invalid("usage", "too_many_records", "at most " + MOST + " in one request;"
                                + " send more as NDJSON");
                    }
                    sent.add(next.get());
                }
            }
            if (sent.isEmpty()) {
                throw ApiError.invalid("usage", "no_records", "is empty");
            }
            List<UsageOutcome> outcomes = intake.record(call.service(), sent, replace, allOrNothing);
            if (single) {
                refuseSingle(outcomes.get(0));
            }
            if (allOrNothing && !outcomes.stream().allMatch(UsageOutcome::isStored)) {
                throw refusedTogether(outcomes);
            }
            var tally = new UsageTally(all.orElse(sent.size() <= MOST_SHOWN));
            tally.add(sent, outcomes);
            audit(call, tally);
            return Answer.of(202, Json.object("usage", tally.json()));
        });
    }

    /** A record that comes alone is answered like anything else that is created. */
    private static void refuseSingle(UsageOutcome outcome) {
        if (outcome instanceof UsageOutcome.Conflict conflict) {
            Json json = UsageTally.conflict(conflict);
            throw ApiError.conflict("value_already_exist", "idempotency_key: is there with other contents: stored "
                    + Json.text(json.get("stored")) + ", submitted " + Json.text(json.get("submitted"))
                    + "; say replace to correct it");
        }
        if (outcome instanceof UsageOutcome.Refused refused) {
            if (refused.field().equals("subscription") && refused.reason().startsWith("not found")) {
                throw ApiError.notFound("subscription");
            }
            throw ApiError.of(new InvalidValue(refused.field(), refused.reason()));
        }
    }

    private static ApiError refusedTogether(List<UsageOutcome> outcomes) {
        Map<String, List<String>> details = new LinkedHashMap<>();
        for (int i = 0; i < outcomes.size() && details.size() < MOST_SHOWN; i++) {
            if (outcomes.get(i) instanceof UsageOutcome.Refused refused) {
                details.put(i + "." + refused.field(), List.of(ApiError.code(refused.reason())));
            } else if (outcomes.get(i) instanceof UsageOutcome.Conflict) {
                details.put(i + ".idempotency_key", List.of("value_already_exist"));
            }
        }
        return ApiError.invalid(details, "nothing was stored: " + details.keySet());
    }

    /** Each piece is durable before the next one is read; what is wrong in the middle leaves the pieces before it. */
    private Answer stream(Call call, boolean replace, boolean all) {
        var tally = new UsageTally(all);
        try (InputStream body = call.stream(); UsageReader reader = UsageReader.of(body, true)) {
            List<Sent> piece = new ArrayList<>();
            for (Optional<Sent> next = reader.next(); next.isPresent(); next = reader.next()) {
                piece.add(next.get());
                if (piece.size() == PIECE) {
                    keep(call, piece, replace, tally);
                    piece = new ArrayList<>();
                }
            }
            keep(call, piece, replace, tally);
        } catch (ApiError e) {
            throw tally.count() == 0 ? e : e.after("the first " + tally.count() + " records are stored as "
                    + Json.text(tally.json()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Answer.of(202, Json.object("usage", tally.json()));
    }

    private void keep(Call call, List<Sent> piece, boolean replace, UsageTally tally) {
        if (piece.isEmpty()) {
            return;
        }
        List<UsageOutcome> outcomes = billing.ports().unitOfWork().call(() -> {
            List<UsageOutcome> recorded = intake.record(call.service(), piece, replace, false);
            var own = new UsageTally(false);
            own.add(piece, recorded);
            audit(call, own);
            return recorded;
        });
        tally.add(piece, outcomes);
    }

    /** Who handed in how much; the records say what. */
    private void audit(Call call, UsageTally tally) {
        Json counts = tally.json();
        counts.remove("errors");
        counts.remove("outcomes");
        billing.ports().auditTrail().add(List.of(new AuditEntry(call.now(), call.actor(), "usage.recorded",
                "service " + call.service().code(), Map.of("request_id", call.requestId(), "key", call.caller().key(),
                "after", Json.text(counts)))));
    }

    private Answer series(Call call) {
        Fields parameters = call.parameters();
        String reference = parameters.text("external_subscription_id").or(() -> parameters.text("subscription"))
                .orElseGet(() -> parameters.mandatory("external_subscription_id"));
        String code = parameters.text("metric").or(() -> parameters.text("code"))
                .orElseGet(() -> parameters.mandatory("metric"));
        Instant until = parameters.instant("to").orElse(call.now());
        Instant from = parameters.instant("from").orElse(until.minus(Duration.ofDays(30)));
        Step step = parameters.choice("interval", STEPS).orElse(Step.DAY);
        if (!from.isBefore(until) || step == Step.HOUR && Duration.between(from, until).toHours() > MOST_POINTS
                || Duration.between(from, until).toDays() > MOST_POINTS) {
            parameters.problem("to", "value_is_out_of_range", "is after from, and at most " + MOST_POINTS + " intervals");
        }
        parameters.check();
        Subscription subscription = Optional.ofNullable(billing.ports().subscriptions()
                        .resolve(call.serviceId(), List.of(reference)).get(reference))
                .orElseThrow(() -> ApiError.notFound("subscription"));
        MetricCode metric = codes.metric(call.service(), code).orElseThrow(() -> ApiError.notFound("billable_metric"));
        List<UsageSeries.Point> points = billing.ports().usageRecords().series(new UsageSeries(subscription.id(), metric,
                from, until, step, subscription.zone()));
        return Answer.ok(Json.object("usage", Json.object("lago_subscription_id", subscription.id().value(),
                "external_subscription_id", subscription.externalId(), "metric", code, "from", Times.of(from),
                "to", Times.of(until), "interval", step.name().toLowerCase(Locale.ROOT), "timezone",
                subscription.zone().getId(), "points", points.stream().map(point -> Json.object("start",
                        Times.of(point.start()), "records", point.records(), "quantity",
                        point.quantity().toPlainString())).toList())));
    }

    private Answer explain(Call call) {
        UsageExplanation explanation = key(call.path("id")).filter(key -> isOwn(call, key))
                .flatMap(key -> billing.explainUsage().explain(key)).orElseThrow(() -> ApiError.notFound("usage"));
        if (call.wantsText()) {
            return Answer.text(text(explanation));
        }
        return Answer.ok(Json.object("usage", json(call, explanation)));
    }

    private static Optional<UsageKey> key(String id) {
        try {
            return Optional.of(UsageKey.parse(new String(Base64.getUrlDecoder().decode(id), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isOwn(Call call, UsageKey key) {
        return billing.ports().subscriptions().find(key.subscription())
                .filter(found -> found.service().equals(call.serviceId())).isPresent();
    }

    private static String text(UsageExplanation explanation) {
        var text = new StringBuilder(explanation.record().key() + ": " + explanation.verdict().name().toLowerCase(Locale.ROOT)
                + ", " + explanation.reason() + "\n");
        explanation.lines().forEach(line -> text.append(InvoiceText.explainLine(line.invoice(), line.number())));
        return text.toString();
    }

    private Json json(Call call, UsageExplanation explanation) {
        return Json.object("id", call.path("id"), "external_subscription_id", billing.ports().subscriptions()
                        .find(explanation.record().key().subscription()).orElseThrow().externalId(),
                "metric", codes.ofMetric(call.service(), explanation.record().key().metric()),
                "idempotency_key", explanation.record().key().idempotencyKey(),
                "start", explanation.record().start().toString(),
                "end", explanation.record().end().map(Instant::toString).orElse(null),
                "quantity", explanation.record().quantity().toPlainString(),
                "properties", explanation.record().properties(),
                "period", Json.object("start", Times.of(explanation.period().start()),
                        "end", Times.of(explanation.period().end()), "timezone", explanation.period().zone().getId()),
                "verdict", explanation.verdict().name().toLowerCase(Locale.ROOT), "reason", explanation.reason(),
                "lines", explanation.lines().stream().map(line -> Json.object("lago_invoice_id",
                        line.invoice().id().value(), "invoice_number", line.invoice().number().orElse(null),
                        "line", line.number(), "description", line.line().description(),
                        "amount_cents", Cents.of(line.line().amount()))).toList());
    }
}
