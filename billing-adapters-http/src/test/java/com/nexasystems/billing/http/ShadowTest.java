package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nexasystems.billing.memory.MemorySourceApplication;
import com.nexasystems.billing.shadow.SourceRow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From an application's biller to this one, by an operator, over HTTP. */
class ShadowTest {

    private static final String MAPS = "{'service':'maps'}";
    private static final String RULES = "{'service':'maps','rounding':'total','mode':'half_up','tax':'excluded',"
            + "'proration':'by_day','quota':'beyond','zone':'UTC'}";

    @RegisterExtension
    final ApiServer server = new ApiServer();

    private final MemorySourceApplication rows = TestApplication.rows();
    private ApiClient operator;

    @BeforeEach
    void register() {
        operator = server.operator();
        operator.post("/services", "{'service':{'code':'maps','name':'Maps'}}").ok();
        server.importing(rows);
    }

    private Reply imported() {
        operator.post("/shadow/imports", MAPS).is(202);
        return operator.settled("/shadow/imports?service=maps");
    }

    private Reply reconciled() {
        operator.post("/reconciliations", MAPS).is(202);
        return operator.settled("/reconciliations/summary?service=maps");
    }

    private Reply resolve(String computed, String actual) {
        return operator.post("/reconciliations/resolve", "{'service':'maps','external_subscription_id':'web',"
                + "'period_start':'2026-02-01','computed':'" + computed + "','actual':'" + actual
                + "','note':'Goodwill in February'}");
    }

    private JsonNode certificate() {
        return operator.post("/parity_certificates", "{'service':'maps','from':'2026-01-01','until':'2026-03-01'}").ok()
                .at("/parity_certificate");
    }

    private JsonNode verified(JsonNode certificate) {
        return operator.send("POST", "/parity_certificates/verify", "{\"parity_certificate\":" + certificate + "}").ok()
                .at("/verification");
    }

    @Test
    void an_operator_takes_a_service_from_import_to_cut_over_and_back() {
        Reply imported = imported();
        assertThat(imported.at("/attempt/status").asText()).isEqualTo("finished");
        assertThat(imported.at("/attempt/done").asLong()).isEqualTo(imported.at("/attempt/total").asLong());
        assertThat(imported.at("/last_finished/report/tallies/2/created").asInt()).isEqualTo(2);
        assertThat(imported.at("/last_finished/report")).isEqualTo(imported.at("/attempt/result"));

        Reply summary = reconciled();
        assertThat(summary.at("/summary/matched").asInt()).isEqualTo(3);
        assertThat(summary.at("/summary/deltas").asInt()).isEqualTo(1);
        assertThat(summary.at("/summary/coverage/0/percent").asText()).isEqualTo("74.95");
        assertThat(summary.at("/last_finished/rows").asInt()).isEqualTo(4);
        JsonNode row = operator.get("/reconciliations?service=maps&status=delta").ok().at("/reconciliations/0");
        assertThat(row.path("computed").asText()).isEqualTo("20.1500");
        assertThat(row.path("actual").asText()).isEqualTo("20.0500");
        assertThat(row.path("delta").asText()).isEqualTo("0.1000");
        assertThat(row.path("computed_usage").asText()).isEqualTo("0.1500");
        assertThat(row.path("actual_usage").asText()).isEqualTo("0.0500");

        operator.post("/reconciliations/inference", MAPS).is(202);
        Reply found = operator.settled("/reconciliations/inference?service=maps");
        assertThat(found.at("/attempt/result/explained").asInt()).isEqualTo(3);
        assertThat(found.at("/attempt/result/finding").asText()).isNotBlank();
        assertThat(found.at("/attempt/result/exceptions/0/external_subscription_id").asText()).isEqualTo("web");
        assertThat(found.at("/attempt/result/candidates").size()).isPositive();

        assertThat(operator.get("/reconciliations/rules?service=maps").ok().at("/adopted").asBoolean()).isFalse();
        Reply adopted = operator.put("/reconciliations/rules", RULES).ok();
        assertThat(operator.get("/reconciliations/rules?service=maps").ok().json()).isEqualTo(adopted.json());
        assertThat(adopted.at("/rules/words").asText()).startsWith("rounded on the total HALF_UP");

        Reply refused = operator.post("/cutover", MAPS).is(422);
        assertThat(refused.at("/code").asText()).isEqualTo("cutover_refused");
        assertThat(refused.at("/error_details/differences/missing").asText()).contains("web 2026-02-01 (0.1000");
        assertThat(refused.at("/error_details/differences/remedy").asText()).contains("accept each with a note");
        assertThat(operator.get("/cutover?service=maps").ok().at("/cutover/result").asText()).isEqualTo("refused");

        reconciled();
        JsonNode before = certificate();
        resolve("20.1400", "20.05").isInvalid("computed", "figures_have_changed");
        assertThat(resolve("20.15", "20.05").ok().at("/reconciliation/resolution/note").asText())
                .isEqualTo("Goodwill in February");
        resolve("20.15", "20.05").isInvalid("period_start", "is_no_open_difference");
        assertThat(reconciled().at("/summary/resolved").asInt()).isEqualTo(1);

        JsonNode certificate = certificate();
        assertThat(certificate.at("/waivers/0/note").asText()).isEqualTo("Goodwill in February");
        assertThat(certificate.at("/waivers/0/resolved_by/name").asText()).startsWith("operator ");
        assertThat(certificate.at("/rules_adopted").asBoolean()).isTrue();
        assertThat(operator.get("/parity_certificates/" + certificate.path("lago_id").asText()).ok()
                .at("/parity_certificate")).isEqualTo(certificate);
        assertThat(verified(certificate).path("verdict").asText()).isEqualTo("holds");
        assertThat(verified(before).path("verdict").asText()).isEqualTo("rows_have_changed");

        JsonNode flipped = operator.post("/cutover", MAPS).ok().at("/cutover");
        assertThat(flipped.at("/flips/0/subscriptions").asInt()).isEqualTo(2);
        assertThat(flipped.at("/flips/0/since").asText()).isEqualTo("2026-03-01T00:00:00Z");
        operator.delete("/shadow?service=maps").isInvalid("service", "value_is_invalid");
        assertThat(operator.post("/cutover/revert", MAPS).ok().at("/flip/reverted_at").asText())
                .isEqualTo("2026-03-15T12:00:00Z");
        operator.post("/cutover/revert", MAPS).isInvalid("service", "value_is_invalid");

        assertThat(operator.delete("/shadow?service=maps").ok().at("/pruned").toString())
                .isEqualTo("{\"subscriptions\":2,\"usage\":24,\"plans\":1,\"customers\":2,\"invoices\":4}");
        assertThat(operator.get("/reconciliations?service=maps").ok().at("/meta/total_count").asInt()).isZero();
        Reply nothing = operator.get("/shadow/imports?service=maps").ok();
        assertThat(nothing.at("/attempt").isNull() && nothing.at("/last_finished").isNull()).isTrue();
        assertThat(operator.get("/audit_entries?subject=service%20maps").ok().json().findValuesAsText("action")).contains(
                "shadow.import_started", "reconciliation.started", "reconciliation.inference_started",
                "reconciliation.rules_adopted", "reconciliation.resolved", "parity.certified", "cutover.flipped",
                "cutover.reverted", "shadow.pruned");
    }

    @Test
    void what_is_printed_otherwise_than_it_was_issued_is_named() {
        imported();
        reconciled();
        ObjectNode certificate = (ObjectNode) certificate();
        ((ObjectNode) certificate.path("summary").path("months").get(1)).put("deltas", 0);
        assertThat(verified(certificate).path("verdict").asText()).isEqualTo("altered");
        assertThat(verified(certificate).path("altered").asText()).isEqualTo("summary.months[1].deltas");
        certificate.put("lago_id", "00000000-0000-0000-0000-000000000000");
        assertThat(verified(certificate).path("verdict").asText()).isEqualTo("not_issued_here");
        assertThat(verified(certificate.put("lago_id", "nonsense")).path("verdict").asText()).isEqualTo("not_issued_here");
        operator.post("/parity_certificates/verify", "{'parity_certificate':{'service':'maps'}}")
                .isInvalid("lago_id", "value_is_mandatory");
        operator.post("/parity_certificates/verify", "{}").is(400);
    }

    @Test
    void a_dry_run_reports_and_keeps_nothing() {
        operator.post("/shadow/imports", "{'service':'maps','dry_run':true,'zone':'America/Toronto'}").is(202);
        Reply done = operator.settled("/shadow/imports?service=maps");
        assertThat(done.at("/attempt/result/tallies/2/created").asInt()).isEqualTo(2);
        assertThat(done.at("/attempt/asked/zone").asText()).isEqualTo("America/Toronto");
        assertThat(done.at("/last_finished").isNull()).isTrue();
        assertThat(server.billing().ports().auditTrail().of("service maps"))
                .anyMatch(entry -> entry.action().equals("shadow.import_started")
                        && entry.actor().name().startsWith("operator ") && entry.details().containsKey("request_id"));
    }

    @Test
    void rows_that_fail_are_named_and_shut_the_gate() {
        rows.plans().add(SourceRow.unreadable("p2", "price_monthly is NaN"));
        Reply done = imported();
        assertThat(done.at("/last_finished/report/failed").asInt()).isEqualTo(1);
        assertThat(done.at("/last_finished/report/problems/0/reason").asText()).isEqualTo("price_monthly is NaN");
        JsonNode refusals = operator.get("/cutover?service=maps&threshold=5&cycles=2&user=eve").ok().at("/cutover/refusals");
        assertThat(refusals.findValuesAsText("check")).contains("import", "differences");
    }

    @Test
    void rows_come_page_by_page() {
        imported();
        reconciled();
        Reply second = operator.get("/reconciliations?service=maps&page=2&per_page=3").ok();
        assertThat(second.at("/meta/total_pages").asInt()).isEqualTo(2);
        assertThat(second.at("/reconciliations").size()).isEqualTo(1);
        assertThat(second.at("/reconciliations/0/external_subscription_id").asText()).isEqualTo("web");
        assertThat(second.at("/reconciliations/0/period_start").asText()).isEqualTo("2026-02-01");
        assertThat(operator.get("/reconciliations?service=maps&page=9").ok().at("/reconciliations").size()).isZero();
        assertThat(operator.get("/reconciliations?service=maps&month=2026-01&external_subscription_id=shop").ok()
                .at("/meta/total_count").asInt()).isEqualTo(1);
    }

    @Test
    void every_field_that_is_wrong_is_named() {
        imported();
        reconciled();
        operator.post("/shadow/imports", "{'service':'maps','currency':'XXX','cpu_hour_price':-1,'zone':'Europe/Atlantis',"
                        + "'all':'maybe','dry_run':3}").isInvalid("currency", "value_is_invalid")
                .isInvalid("cpu_hour_price", "value_is_out_of_range").isInvalid("zone", "value_is_invalid")
                .isInvalid("all", "value_is_invalid").isInvalid("dry_run", "value_is_invalid");
        operator.post("/reconciliations", "{'service':'maps','from':'2026-02-30','tolerance':'0.06'}")
                .isInvalid("from", "invalid_date").isInvalid("tolerance", "value_is_out_of_range");
        operator.get("/reconciliations?service=maps&status=open&month=2026-13").isInvalid("status", "value_is_invalid")
                .isInvalid("month", "invalid_date");
        operator.get("/reconciliations?service=maps&per_page=1001").isInvalid("per_page", "value_is_out_of_range");
        operator.post("/reconciliations/resolve", "{'service':'maps'}").isInvalid("note", "value_is_mandatory")
                .isInvalid("external_subscription_id", "value_is_mandatory").isInvalid("computed", "value_is_mandatory")
                .isInvalid("actual", "value_is_mandatory").isInvalid("period_start", "value_is_mandatory");
        operator.put("/reconciliations/rules", "{'service':'maps','mode':'unnecessary','shift':'PT0.5S','zone':'UTC'}")
                .isInvalid("rounding", "value_is_mandatory").isInvalid("mode", "value_is_invalid")
                .isInvalid("tax", "value_is_mandatory").isInvalid("proration", "value_is_mandatory")
                .isInvalid("quota", "value_is_mandatory").isInvalid("shift", "value_is_invalid");
        operator.post("/parity_certificates", "{'service':'maps','from':'0000-01-01'}").isInvalid("from", "invalid_date")
                .isInvalid("until", "value_is_mandatory");
        operator.post("/parity_certificates", "{'service':'maps','from':'2026-03-01','until':'2026-03-01'}")
                .isInvalid("until", "value_is_out_of_range");
        operator.post("/cutover", "{'service':'maps','cycles':37,'threshold':-1}")
                .isInvalid("cycles", "value_is_out_of_range").isInvalid("threshold", "value_is_out_of_range");
        operator.get("/cutover?service=maps&cycles=0").isInvalid("cycles", "value_is_out_of_range");
    }

    @Test
    void what_is_not_there_is_not_found() {
        operator.post("/shadow/imports", "{'service':'nobody'}").isNotFound("service_not_found");
        operator.get("/cutover?service=nobody").isNotFound("service_not_found");
        operator.delete("/shadow").isInvalid("service", "value_is_mandatory");
        operator.get("/parity_certificates/nobody").isNotFound("parity_certificate_not_found");
        resolve("1", "1").isNotFound("reconciliation_not_found");
    }

    @Test
    void an_import_comes_first() {
        operator.post("/reconciliations", MAPS).isInvalid("service", "nothing_imported");
        operator.post("/reconciliations/inference", MAPS).isInvalid("service", "nothing_imported");
        assertThat(operator.get("/reconciliations/rules?service=maps").ok().at("/rules").isNull()).isTrue();
        operator.post("/parity_certificates", "{'service':'maps','from':'2026-01-01','until':'2026-03-01'}")
                .isInvalid("service", "value_is_invalid");
        assertThat(operator.post("/cutover", MAPS).is(422).at("/error_details/import/remedy").asText())
                .isEqualTo("run the shadow import");
    }

    @Test
    void none_of_it_is_for_services() {
        ApiClient service = server.client("chat");
        service.post("/shadow/imports", "{'service':'chat'}").is(403);
        service.get("/shadow/imports?service=chat").is(403);
        service.post("/reconciliations", "{'service':'chat'}").is(403);
        service.get("/reconciliations?service=chat").is(403);
        service.put("/reconciliations/rules", "{'service':'chat'}").is(403);
        service.post("/parity_certificates", "{'service':'chat'}").is(403);
        service.post("/cutover", "{'service':'chat'}").is(403);
        service.post("/cutover/revert", "{'service':'chat'}").is(403);
        service.delete("/shadow?service=chat").is(403);
        server.anonymous().get("/cutover?service=maps").is(401);
    }
}
