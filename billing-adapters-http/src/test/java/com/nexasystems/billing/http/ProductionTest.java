package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nexasystems.billing.boundary.AuditEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProductionTest {

    private static final String GOOD = "'received':'10','done':'7','scrapped':'2','rejected':'1'";
    private static final String KNOWN = "'lines':[{'item':'bolts','process':'hardened <b>'},{'item':'nuts','process':'annealed'}],"
            + "'specification':{'code':'AMS-2750','revision':'G'},'company_signer':'Edsger',"
            + "'customer':{'id':'C-1','contact':{'name':'Charles','email':'charles@example.com'}},"
            + "'certificate_types':['conformity','analysis']";

    @RegisterExtension
    final ApiServer server = new ApiServer();

    private Reply put(String number, String more) {
        return plant().post("/jobs", "{'job':{'number':'" + number + "','order':'O-7'," + more + "}}");
    }

    private ApiClient plant() {
        return server.client("plant");
    }

    /** Its certificate of conformity. */
    private String completed(String number, String more) {
        put(number, more).ok();
        return plant().post("/jobs/" + number + "/complete", "").ok().at("/certificates/1/lago_id").asText();
    }

    @Test
    void a_job_is_read_as_it_was_handed_over_and_handing_it_over_again_changes_nothing() {
        JsonNode first = put("J-1", GOOD + "," + KNOWN).ok().at("/job");
        assertThat(first.at("/received").asText()).isEqualTo("10");
        assertThat(first.at("/lines/1/process").asText()).isEqualTo("annealed");
        assertThat(first.at("/status").asText()).isEqualTo("open");
        assertThat(put("J-1", GOOD + "," + KNOWN).ok().at("/job")).isEqualTo(first);
        assertThat(plant().get("/jobs/J-1").ok().at("/job")).isEqualTo(first);
        assertThat(plant().get("/jobs/" + first.at("/lago_id").asText()).ok().at("/job")).isEqualTo(first);
        assertThat(plant().get("/jobs?completed=false").ok().at("/meta/total_count").asInt()).isEqualTo(1);
        assertThat(plant().get("/jobs?completed=true").ok().at("/jobs")).isEmpty();
    }

    @Test
    void a_number_with_a_slash_is_found_by_the_id_and_quantities_stay_exact() {
        String id = put("2026/7", "'received':'1.000000000001','done':'1.000000000001'").ok().at("/job/lago_id").asText();
        JsonNode job = plant().post("/jobs/" + id + "/complete", "").ok().at("/job");
        assertThat(job.at("/done").asText()).isEqualTo("1.000000000001");
        assertThat(job.at("/status").asText()).isEqualTo("completed");
    }

    @Test
    void what_is_wrong_is_named_by_its_path() {
        put("", GOOD).isInvalid("number", "value_is_mandatory");
        put("J-1", "'done':'-1'").isInvalid("done", "value_is_invalid");
        put("J-1", "'received':'a lot'").isInvalid("received", "value_is_invalid");
        put("J-1", "'lines':[{'process':'hardened'}]").isInvalid("lines[0].item", "value_is_mandatory");
        put("J-1", "'customer':{'id':'C','contact':{'name':'Ada','email':'none'}}")
                .isInvalid("customer.contact.email", "value_is_invalid");
        put("J-1", "'certificate_types':['Of Conformity']").isInvalid("certificate_type", "value_is_invalid");
        plant().get("/jobs/J-1").isNotFound("job_not_found");
    }

    @Test
    void a_job_whose_quantities_do_not_add_up_is_refused_with_all_the_numbers_and_the_remedy() {
        put("J-1", "'received':'10','done':'7','scrapped':'2'," + KNOWN).ok();
        Reply refused = plant().post("/jobs/J-1/complete", "").is(422);
        assertThat(refused.at("/code").asText()).isEqualTo("job_refused");
        assertThat(refused.at("/error_details/quantities/missing").asText()).contains("job J-1 of order O-7", "received 10",
                "done 7 + scrapped 2 + rejected at visual inspection 0 = 9", "differ by 1");
        assertThat(refused.at("/error_details/quantities/remedy").asText()).contains("count again");
        assertThat(refused.at("/message").asText()).contains("job J-1 of order O-7", "count again");
        assertThat(plant().get("/jobs/J-1").ok().at("/job/status").asText()).isEqualTo("open");
        assertThat(plant().get("/jobs/J-1/certificates").ok().at("/certificates")).isEmpty();
        JsonNode blockers = plant().get("/jobs/J-1/blockers").ok().at("/blockers");
        assertThat(blockers.at("/blocked").asBoolean()).isTrue();
        assertThat(blockers.at("/missing_certificates").toString()).isEqualTo("[\"analysis\",\"conformity\"]");
    }

    @Test
    void a_completed_job_has_its_certificates_once_however_often_and_at_once_it_is_completed() {
        put("J-1", GOOD + "," + KNOWN).ok();
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            replies.add(CompletableFuture.supplyAsync(() -> plant().post("/jobs/J-1/complete", "")));
        }
        replies.forEach(reply -> assertThat(reply.join().ok().at("/certificates")).hasSize(2));
        JsonNode all = plant().get("/certificates").ok().json();
        assertThat(all.at("/meta/total_count").asInt()).isEqualTo(2);
        JsonNode conformity = all.at("/certificates/1");
        assertThat(conformity.at("/type").asText()).isEqualTo("conformity");
        assertThat(conformity.at("/specification").asText()).isEqualTo("AMS-2750 G");
        assertThat(conformity.at("/process").asText()).isEqualTo("hardened <b>");
        assertThat(conformity.at("/signer").asText()).isEqualTo("Edsger");
        assertThat(conformity.at("/non_conforming").asText()).isEqualTo("3");
        assertThat(conformity.at("/shipped").asText()).isEqualTo("5");
    }

    @Test
    void a_manager_goes_around_the_gate_with_a_reason_and_nobody_else_does() {
        put("J-1", "'received':'10','done':'7'," + KNOWN).ok();
        String complete = "/jobs/J-1/complete";
        plant().post(complete, "{'bypass':{'reason':'broken scale'}}").isInvalid("bypass.role", "value_is_mandatory");
        plant().post(complete, "{'bypass':{'role':'manager','reason':' '}}").isInvalid("bypass.reason", "value_is_mandatory");
        plant().post(complete, "{'bypass':'please'}").isInvalid("bypass", "value_is_invalid");
        Reply worker = plant().post(complete, "{'bypass':{'role':'worker','reason':'broken scale'}}").is(422);
        assertThat(worker.at("/error_details/bypass/remedy").asText()).isEqualTo("ask a manager");
        assertThat(worker.at("/error_details/quantities/missing").asText()).contains("differ by 3");

        Reply done = plant().post(complete, "{'bypass':{'role':'manager','reason':'broken scale'}}").ok();
        assertThat(done.at("/job/bypassed").asBoolean()).isTrue();
        assertThat(done.at("/refusals/0/check").asText()).isEqualTo("quantities");
        List<AuditEntry> trail = server.billing().ports().auditTrail().of(done.at("/job/lago_id").asText());
        assertThat(trail).filteredOn(entry -> entry.action().equals("gate.bypassed")).singleElement().satisfies(entry ->
                assertThat(entry.details()).containsEntry("reason", "broken scale").containsEntry("role", "manager"));
        assertThat(trail).extracting(AuditEntry::action).contains("job.completed", "job.complete");

        String certificate = done.at("/certificates/1/lago_id").asText();
        Reply refused = plant().post("/certificates/" + certificate + "/issue", "").is(422);
        assertThat(refused.at("/error_details/quantities/missing").asText()).contains("conformity certificate of job J-1");
    }

    @Test
    void blocked_jobs_are_listed_with_all_that_is_missing_page_by_page() {
        put("J-1", "'done':'1'").ok();
        put("J-2", GOOD).ok();
        put("J-3", "'received':'2','done':'1'").ok();
        Reply first = plant().get("/jobs?blocked=true&per_page=1").ok();
        assertThat(first.at("/jobs/0/number").asText()).isEqualTo("J-1");
        assertThat(first.at("/jobs/0/refusals/0/missing").asText()).contains("received of job J-1 of order O-7");
        Reply second = plant().get("/jobs?blocked=true&per_page=1&after=" + first.at("/next_after").asText()).ok();
        assertThat(second.at("/jobs/0/number").asText()).isEqualTo("J-3");
        assertThat(second.at("/next_after").isNull()).isTrue();
    }

    @Test
    void an_incomplete_draft_is_refused_put_right_and_issued_for_good() throws IOException {
        String id = completed("J-1", GOOD + ",'lines':[{'item':'bolts','process':'hardened'}],"
                + "'certificate_types':['analysis','conformity']");
        String one = "/certificates/" + id;
        plant().get(one + "/pdf").isNotAllowed("certificate_not_issued");
        Reply refused = plant().post(one + "/issue", "").is(422);
        assertThat(refused.at("/code").asText()).isEqualTo("certificate_refused");
        assertThat(refused.at("/error_details/specification/remedy").asText()).contains("a code and a revision");
        assertThat(plant().get("/jobs/J-1/blockers").ok().at("/blockers/certificates/1/refusals")).hasSize(4);

        put("J-1", GOOD + "," + KNOWN).ok();
        assertThat(plant().put(one, "{'certificate':{'signer':'Grace'}}").ok().at("/certificate/signer").asText()).isEqualTo("Grace");
        JsonNode filled = plant().post(one + "/refill", "").ok().at("/certificate");
        assertThat(filled.at("/signer").asText()).isEqualTo("Grace");
        assertThat(filled.at("/contact_email").asText()).isEqualTo("charles@example.com");
        JsonNode issued = plant().post(one + "/issue", "").ok().at("/certificate");
        assertThat(issued.at("/number").asText()).isEqualTo("J-1/conformity");
        assertThat(issued.at("/issued_on").asText()).isEqualTo("2026-03-15");
        assertThat(plant().post(one + "/issue", "").ok().at("/certificate")).isEqualTo(issued);
        plant().put(one, "{'certificate':{'signer':'Eve'}}").isNotAllowed("certificate_is_issued");
        plant().post(one + "/refill", "").isNotAllowed("certificate_is_issued");
        assertThat(plant().get("/certificates?issued=true").ok().at("/certificates")).hasSize(1);

        Reply pdf = plant().get(one + "/pdf").ok();
        assertThat(pdf.headers().firstValue("Content-Disposition")).contains("inline; filename=\"J-1-conformity.pdf\"");
        assertThat(plant().get(one + "/pdf").bytes()).isEqualTo(pdf.bytes());
        Files.write(Files.createDirectories(Path.of("target", "documents")).resolve("certificate.pdf"), pdf.bytes());
        try (PDDocument document = Loader.loadPDF(pdf.bytes())) {
            assertThat(new PDFTextStripper().getText(document)).contains("J-1/conformity", "O-7", "2026-03-15", "AMS-2750 G",
                    "Grace", "Charles", "charles@example.com", "Shipped 5", "Received 10");
        }
    }

    @Test
    void the_backfill_makes_what_completed_jobs_lack_and_says_so_first() {
        completed("J-1", GOOD);
        completed("J-2", GOOD);
        put("J-1", GOOD + "," + KNOWN).ok();
        JsonNode dry = plant().post("/certificates/backfill", "{'dry_run':true}").ok().at("/backfill");
        assertThat(dry.at("/certificates").asInt()).isEqualTo(2);
        assertThat(dry.at("/first/0/job_number").asText()).isEqualTo("J-1");
        assertThat(plant().get("/certificates").ok().at("/certificates")).isEmpty();
        server.client("other").post("/certificates/backfill", "").ok();
        assertThat(plant().get("/certificates").ok().at("/certificates")).isEmpty();
        assertThat(plant().post("/certificates/backfill", "").ok().at("/backfill/certificates").asInt()).isEqualTo(2);
        assertThat(plant().post("/certificates/backfill", "").ok().at("/backfill/jobs").asInt()).isZero();
        assertThat(plant().get("/certificates?issued=false").ok().at("/certificates")).hasSize(2);
    }

    @Test
    void nothing_of_a_service_is_there_for_another() {
        String id = completed("J-1", GOOD + "," + KNOWN);
        ApiClient other = server.client("other");
        other.get("/jobs/J-1").isNotFound("job_not_found");
        other.post("/jobs/J-1/complete", "").isNotFound("job_not_found");
        other.get("/certificates/" + id).isNotFound("certificate_not_found");
        other.post("/certificates/" + id + "/issue", "").isNotFound("certificate_not_found");
        other.put("/certificates/" + id, "{'certificate':{'signer':'Eve'}}").isNotFound("certificate_not_found");
        assertThat(other.get("/certificates").ok().at("/certificates")).isEmpty();
    }
}
