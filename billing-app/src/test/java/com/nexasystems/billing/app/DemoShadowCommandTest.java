package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoShadowCommandTest {

    private static final Pattern SCORE = Pattern.compile("Score: ([0-9]+) of ([0-9]+) are seen for what they are");

    @TempDir
    private Path folder;
    private Cli cli;

    @BeforeEach
    void connect() {
        cli = new Cli(folder).with(TestDatabase.environment());
    }

    @Test
    void tells_the_story_from_the_first_import_to_the_cut_over() {
        Cli.Answer answer = cli.run("demo", "shadow");
        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).as(answer.out()).isZero();
        assertThat(answer.out()).contains("1. Import a company that bills by rules of its own",
                "Found: rounded on the total HALF_EVEN, prorated by second, tax excluded, America/Toronto",
                "The truth, which only the simulator knows: rounded on the total HALF_EVEN, prorated by second",
                "The gate is closed: ", "\n  import\n", "\n  differences\n", "\n  payment-method\n",
                "way out: put them right in the application",
                "A month later", "The gate is open.", "are billed by this engine", "written: parity-certificate.html",
                " holds: it was issued here as it stands").endsWith("./billing shadow revert --by you\n");
        var score = SCORE.matcher(answer.out());
        assertThat(score.find()).isTrue();
        assertThat(Integer.parseInt(score.group(1)) * 100 / Integer.parseInt(score.group(2))).isGreaterThan(80);
        assertThat(answer.out().lines()).allMatch(line -> line.length() <= 180);

        assertThat(folder.resolve("parity-certificate.html")).content().contains("Certificate of parity", "size: A4");
        Cli after = new Cli(folder).with(TestDatabase.environment())
                .with(Map.of("BILLING_DB_SCHEMA", "billing_demo_shadow"));
        assertThat(after.run("certificate", "verify", "parity-certificate.html").code()).isZero();
        assertThat(after.run("shadow", "report", "--status", "delta,resolved", "--format", "xlsx", "--out", "d.xlsx").code())
                .isZero();
        assertThat(after.run("shadow", "prune", "--by", "you").err()).contains("has been cut over to this engine");
        assertThat(after.run("shadow", "revert", "--by", "you").out()).contains("Taken back: the cut-over of 2026-12-08");
        assertThat(after.run("shadow", "revert", "--by", "you").code()).isEqualTo(2);
    }

    @Test
    void another_seed_is_another_company_and_a_file_that_cannot_be_written_is_found_at_once() {
        Cli.Answer refused = cli.run("demo", "shadow", "--out", "missing/c.html");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("--out: the folder does not exist");
        assertThat(cli.run("demo", "shadow", "--out", "c.txt").err()).contains("--out: must end with .html, .pdf or .json");
        Cli.Answer other = cli.run("demo", "shadow", "--seed", "8", "--out", "c.json");
        assertThat(other.code()).as(other.out()).isZero();
        assertThat(folder.resolve("c.json")).isRegularFile();
        assertThat(Files.exists(folder.resolve("parity-certificate.html"))).isFalse();
    }
}
