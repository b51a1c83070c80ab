package com.nexasystems.billing.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.examples.EligibilityGate.Device;
import com.nexasystems.billing.examples.EligibilityGate.Kind;
import com.nexasystems.billing.examples.EligibilityGate.Request;
import com.nexasystems.billing.examples.IntakeGate.Application;
import com.nexasystems.billing.gate.GateResult.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
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
        String source = source("EmbedTheCore");
        String shown = source.substring(source.indexOf("// tag::readme[]\n") + "// tag::readme[]\n".length(),
                source.indexOf("\n        // end::readme[]"));
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("```java\n" + shown.stripIndent() + "\n```");
    }

    @Test
    void an_application_is_complete_when_each_page_is_signed_in_some_way() {
        assertThat(missing(new Application("A-1", "Zoë", Set.of("consent", "declaration"), Set.of(), Set.of()))).isEmpty();
        assertThat(missing(new Application("A-1", "Zoë", Set.of("consent"), Set.of("declaration"), Set.of()))).isEmpty();
        assertThat(missing(new Application("A-1", "Zoë", Set.of(), Set.of(), Set.of("consent", "declaration")))).isEmpty();
        assertThat(missing(new Application("A-1", " ", Set.of("consent"), Set.of(), Set.of()))).isEqualTo(
                "application A-1 names no applicant: ask who applies\n"
                + "application A-1 has no signed declaration: scan them into the bundle, upload them, or send a link to sign"
                + " them");
    }

    private static String missing(Application application) {
        return ComposeAGate.whatIsMissing(IntakeGate.GATE.checkAll(application));
    }

    @Test
    void only_a_supervisor_goes_around_the_intake_and_that_is_on_record() {
        var application = new Application("A-1", "Zoë", Set.of(), Set.of(), Set.of());
        assertThat(ComposeAGate.goneAround(Ports.inMemory(), application, "supervisor"))
                .contains("gate=intake", "role=supervisor", "reason=the applicant is in hospital", "missing=signed-pages: ");
        assertThat(ComposeAGate.goneAround(Ports.inMemory(), application, "clerk"))
                .endsWith("person:max as clerk may not go around the gate intake: ask a supervisor");
    }

    @Test
    void one_may_have_a_device_to_sit_in_and_a_walker_and_nothing_twice() {
        var chair = new Device("chair", Kind.SEAT);
        var scooter = new Device("scooter", Kind.POWERED_SEAT);
        var walker = new Device("walker", Kind.WALKER);
        assertThat(refused(false, chair, walker)).isEmpty();
        assertThat(refused(false, walker)).isEmpty();
        assertThat(refused(true, scooter, walker)).isEmpty();
        assertThat(refused(false, scooter)).containsExactly("home");
        assertThat(refused(true, chair, scooter)).containsExactly("seated");
        assertThat(refused(true, walker, new Device("rollator", Kind.WALKER))).containsExactly("walker");
        assertThat(refused(false, scooter, scooter)).containsExactly("seated", "duplicates", "home");
    }

    private static List<String> refused(boolean accessibleHome, Device... devices) {
        return EligibilityGate.GATE.checkAll(new Request("Zoë", List.of(devices), accessibleHome)).refusals().stream()
                .map(Refusal::check).toList();
    }

    @Test
    void a_gate_takes_one_more_check() {
        var gate = ComposeAGate.approved(Ports.inMemory(), Clock.systemUTC());
        assertThat(ComposeAGate.whatIsMissing(gate.check(new Request("Zoë", List.of(), true))))
                .isEqualTo("nobody was asked to approve eligibility:Zoë: ask somebody for approval");
    }

    @Test
    void each_gate_has_fewer_than_forty_lines() throws IOException {
        for (String gate : List.of("IntakeGate", "EligibilityGate")) {
            assertThat(source(gate).lines()).hasSizeLessThan(40);
        }
    }

    @Test
    void the_gate_in_the_guide_is_the_code_that_runs() throws IOException {
        String source = source("IntakeGate");
        assertThat(Files.readString(ROOT.resolve("docs/gates.md")))
                .contains("```java\n" + source.substring(source.indexOf("/** An application")) + "```");
    }

    private static String source(String example) throws IOException {
        String name = "examples/src/main/java/com/nexasystems/billing/examples/" + example + ".java";
        return Files.readString(ROOT.resolve(name));
    }
}
