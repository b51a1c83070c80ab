package com.nexasystems.billing.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.examples.ComposeAGate.Ticket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExamplesTest {

    private static final Path ROOT = Path.of("..");

    @Test
    void the_embedded_engine_explains_an_invoice_down_to_its_counter() {
        assertThat(EmbedTheCore.anExplainedInvoice())
                .contains("sum = 25200 CPU-second")
                .contains("units: 7200 × 0.0075 ÷ 3600 = 0.015")
                .contains("HST-ON 13 % of 20.02 CAD  2.60 CAD")
                .contains("Total     22.62 CAD");
    }

    @Test
    void the_code_in_the_readme_is_the_code_that_runs() throws IOException {
        String source = Files.readString(ROOT.resolve(
                "examples/src/main/java/com/nexasystems/billing/examples/EmbedTheCore.java"));
        String shown = source.substring(source.indexOf("// tag::readme[]\n") + "// tag::readme[]\n".length(),
                source.indexOf("\n        // end::readme[]"));
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("```java\n" + shown.stripIndent() + "\n```");
    }

    @Test
    void a_gate_says_everything_that_is_missing_and_how_to_put_it_right() {
        assertThat(ComposeAGate.whatIsMissing(new Ticket("T-7", "", "")))
                .isEqualTo("T-7 has no owner: assign it to somebody\nT-7 was never answered: answer it");
        assertThat(ComposeAGate.whatIsMissing(new Ticket("T-8", "ada", "done"))).isEqualTo("nothing");
    }
}
