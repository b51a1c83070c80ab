package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.production.JobDetails;
import com.nexasystems.billing.production.MasterData;
import com.nexasystems.billing.production.MasterData.Contact;
import com.nexasystems.billing.production.MasterData.JobCustomer;
import com.nexasystems.billing.production.MasterData.OrderLine;
import com.nexasystems.billing.production.MasterData.Specification;
import com.nexasystems.billing.production.Quantities;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs and certificates at the machine. */
class ProductionCommandsTest {

    private static final MasterData KNOWN = new MasterData(List.of(new OrderLine("bolts", Optional.of("hardened"))),
            Optional.of(new Specification("AMS-2750", Optional.of("G"), Optional.of("Grace"))), Optional.empty(),
            Optional.of(new JobCustomer("C-1", Optional.of(new Contact("Charles", Optional.of("charles@example.com"))))));

    @TempDir
    private Path folder;

    @Test
    void a_job_is_completed_its_certificate_issued_and_what_blocks_them_is_said() throws IOException {
        String schema = TestDatabase.fresh("production_commands");
        Cli cli = Cli.onDatabase(folder, schema);
        try (Engine engine = Engine.open(TestHost.of(schema, Clock.systemUTC(), Map.of()))) {
            Service plant = engine.billing().register("plant", "Plant");
            put(engine, plant, "J-1", "10", "7", KNOWN, "conformity");
            put(engine, plant, "=J-2", "10", "8", KNOWN, "conformity");
            put(engine, plant, "J-3", "10", "7", MasterData.NONE, "conformity");
            put(engine, plant, "J-4", "10", "7", KNOWN);
            engine.billing().completions().complete(plant.id(), "J-4", Actor.person("ada"), Optional.empty());
            put(engine, plant, "J-4", "10", "7", KNOWN, "analysis");
        }

        assertThat(cli.run("jobs", "complete", "J-1").err()).contains("--by: is mandatory");
        assertThat(cli.run("jobs", "complete", "J-1", "--by", "ada").out()).contains("completed: job J-1 of order O-7",
                "made: the conformity certificate of job J-1");
        Cli.Answer refused = cli.run("jobs", "complete", "=J-2", "--by", "ada");
        assertThat(refused.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(refused.out().replaceAll("\\s+", " ")).contains("The gate is closed: job =J-2 of order O-7",
                "received 10, but done 8 + scrapped 2 + rejected at visual inspection 1 = 11; they differ by 1", "way out: count again");
        assertThat(cli.run("jobs", "blocked").out()).contains("| =J-2", "quantities", "1 job is blocked");
        assertThat(cli.run("jobs", "blocked", "--format", "csv").out()).contains("job,order,received,done,scrapped,rejected,check",
                "'=J-2,O-7,10,8,2,1,quantities,\"the quantities of job =J-2");
        assertThat(cli.run("jobs", "blocked", "--json").out()).contains("\"job\":\"=J-2\"", "\"check\":\"quantities\"");

        assertThat(cli.run("jobs", "complete", "=J-2", "--by", "ada", "--role", "manager").err()).contains("--bypass-reason: is mandatory");
        assertThat(cli.run("jobs", "complete", "=J-2", "--by", "ada", "--bypass-reason", "broken scale").out()).contains("ask a manager");
        assertThat(cli.run("jobs", "complete", "=J-2", "--by", "ada", "--bypass-reason", "broken scale", "--role", "manager").out())
                .contains("completed: job =J-2", "gone around by ada: broken scale");

        assertThat(cli.run("certificates", "issue", "J-1", "conformity", "--by", "ada").out()).contains("number J-1/conformity");
        assertThat(cli.run("certificates", "pdf", "J-1", "conformity").out()).isEqualTo("written: J-1-conformity.pdf\n");
        assertThat(new String(Files.readAllBytes(folder.resolve("J-1-conformity.pdf")), 0, 5, StandardCharsets.US_ASCII))
                .isEqualTo("%PDF-");
        assertThat(cli.run("jobs", "complete", "J-3", "--by", "ada").code()).isZero();
        Cli.Answer incomplete = cli.run("certificates", "issue", "J-3", "conformity", "--by", "ada");
        assertThat(incomplete.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(incomplete.out()).contains("the conformity certificate of job J-3 of order O-7", "a code and a revision");
        assertThat(cli.run("certificates", "pdf", "J-3", "conformity").err()).contains("is a draft");
        assertThat(cli.run("certificates", "refill", "J-3", "conformity", "--by", "ada").out()).contains("filled: the conformity");

        assertThat(cli.run("certificates", "backfill", "--dry-run").out()).contains("| J-4", "would make 1 certificates of 1");
        assertThat(cli.run("certificates", "backfill", "--by", "ada", "--json").text("certificates")).isEqualTo("1");
        assertThat(cli.run("certificates", "backfill", "--by", "ada").out()).isEqualTo("made 0 certificates of 0 completed jobs\n");
        assertThat(cli.run("jobs", "show", "J-4").out()).contains("Completed by ada", "Certificate analysis, a draft");
        assertThat(cli.run("jobs", "show", "nothing").err()).contains("does not exist: nothing");
    }

    @Test
    void a_cut_over_waits_for_an_approval_where_the_settings_ask_for_it() {
        Cli cli = Cli.onDatabase(folder, TestDatabase.fresh("approved_cutover"))
                .with(Map.of("BILLING_CUTOVER_APPROVAL_HOURS", "24"));
        assertThat(cli.run("services", "add", "hosting", "Hosting").code()).isZero();
        Cli.Answer closed = cli.run("shadow", "cutover", "--check");
        assertThat(closed.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(closed.out()).contains("approval", "nobody was asked to approve cut-over:hosting");
        String[] ask = {"approvals", "ask", "cut-over:hosting", "--approver", "grace", "--text", "From April on?", "--by", "ada"};
        assertThat(cli.run(ask).out()).contains("grace is asked to approve cut-over:hosting", "/approval_links/");
        assertThat(cli.run("shadow", "cutover", "--check").out()).contains("grace was asked to approve cut-over:hosting");
        assertThat(cli.run("approvals", "list", "cut-over:hosting").out()).contains("grace", "open");
    }

    private static void put(Engine engine, Service plant, String number, String received, String done, MasterData master,
                            String... types) {
        engine.billing().jobs().put(plant.id(), new JobDetails(number, "O-7", new Quantities(Optional.of(new BigDecimal(received)),
                new BigDecimal(done), BigDecimal.valueOf(2), Optional.of(BigDecimal.ONE)), master, List.of(types)),
                Actor.person("ada"));
    }
}
