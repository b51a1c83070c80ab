package com.nexasystems.billing.production;

import static com.nexasystems.billing.production.Plant.ADA;
import static com.nexasystems.billing.testing.Cases.chance;
import static com.nexasystems.billing.testing.Cases.oneOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.gate.Bypass;
import com.nexasystems.billing.production.MasterData.Contact;
import com.nexasystems.billing.production.MasterData.JobCustomer;
import com.nexasystems.billing.production.MasterData.OrderLine;
import com.nexasystems.billing.production.MasterData.Specification;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testing.Cases;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random jobs, quantities, master data and calls. Whatever happens: no completed job whose quantities do not add up, unless
 * somebody went around the gate and that is on record; and no issued certificate that lacks anything, or ever changes.
 */
class ProductionWalkTest {

    private static final int STEPS = 100;
    private static final List<String> JOBS = List.of("J-1", "J-2", "J-3");
    private static final List<String> TYPES = List.of("analysis", "conformity", "origin");

    @Test
    void nothing_incomplete_is_completed_or_issued() {
        Cases.check(120, random -> {
            var walk = new Walk(random);
            IntStream.range(0, STEPS).forEach(step -> walk.step());
        });
    }

    @Test
    void the_walk_comes_everywhere() {
        var reached = new HashMap<String, Integer>();
        for (long seed = 0; seed < 15; seed++) {
            var walk = new Walk(new SplittableRandom(seed));
            IntStream.range(0, STEPS).forEach(step -> walk.step());
            walk.reached(reached);
        }
        assertThat(reached.keySet()).contains("open", "completed", "bypassed", "draft", "issued");
    }

    private static final class Walk {

        private final SplittableRandom random;
        private final Plant plant = new Plant();
        private final Map<UUID, Certificate> issued = new HashMap<>();

        Walk(SplittableRandom random) {
            this.random = random;
        }

        void step() {
            String job = oneOf(random, JOBS);
            try {
                switch (random.nextInt(8)) {
                    case 0, 1 -> plant.billing.jobs().put(plant.service, details(job), ADA);
                    case 2 -> plant.complete(job);
                    case 3 -> plant.complete(job, new Bypass(ADA, oneOf(random, "manager", "clerk", ""), "walk"));
                    case 4 -> plant.billing.certificateBackfill().run(Optional.empty(), chance(random, 30), ADA,
                            page -> { });
                    case 5 -> plant.billing.certificateDrafts().refill(plant.service, job, oneOf(random, TYPES), ADA);
                    case 6 -> plant.billing.certificateDrafts().enter(plant.service, job, oneOf(random, TYPES), fields(),
                            ADA);
                    default -> plant.billing.certificates().issue(plant.service, job, oneOf(random, TYPES), ADA);
                }
            } catch (InvalidValue refused) {
                assertThat(refused.reason()).isNotBlank();
            }
            jobs().forEach(this::check);
        }

        private Stream<Job> jobs() {
            return JOBS.stream().flatMap(number -> plant.billing.ports().jobs().find(plant.service, number).stream());
        }

        /** Told anew here, not asked of the code under test. */
        private void check(Job job) {
            job.completion().ifPresent(done -> {
                if (done.bypassed()) {
                    assertThat(plant.audited(job.id())).filteredOn(entry -> entry.action().equals("gate.bypassed"))
                            .hasSize(1).allSatisfy(entry -> assertThat(entry.details()).containsEntry("role", "manager"));
                } else {
                    assertThat(addsUp(job.quantities())).as(job + ": " + job.quantities()).isTrue();
                }
            });
            Map<String, Certificate> byType = plant.certificates(job.number()).stream()
                    .collect(Collectors.toMap(Certificate::type, Function.identity()));
            assertThat(job.isCompleted() || byType.isEmpty()).isTrue();
            byType.values().stream().filter(Certificate::isIssued).forEach(this::checkIssued);
        }

        private void checkIssued(Certificate certificate) {
            assertThat(issued.computeIfAbsent(certificate.id(), first -> certificate)).isEqualTo(certificate);
            CertificateFields of = certificate.fields();
            assertThat(List.of(of.specification(), of.process(), of.signer(), of.contact(), of.contactEmail()))
                    .allSatisfy(field -> assertThat(field.orElse("")).isNotBlank());
            assertThat(addsUp(certificate.quantities())).isTrue();
            assertThat(certificate.quantities().done()).isGreaterThanOrEqualTo(certificate.quantities().scrapped());
        }

        private static boolean addsUp(Quantities of) {
            return of.received().isPresent() && of.received().get().subtract(of.done()).subtract(of.scrapped())
                    .subtract(of.rejected().orElse(BigDecimal.ZERO)).abs().compareTo(new BigDecimal("0.0001")) <= 0;
        }

        private JobDetails details(String number) {
            return new JobDetails(number, "O-1", quantities(), master(), TYPES.stream().filter(type -> chance(random, 60))
                    .toList());
        }

        private Quantities quantities() {
            BigDecimal done = small();
            BigDecimal scrapped = small();
            Optional<BigDecimal> rejected = chance(random, 50) ? Optional.of(small()) : Optional.empty();
            BigDecimal off = new BigDecimal(oneOf(random, "0", "0", "0", "0.0001", "0.00010001", "1"));
            BigDecimal received = done.add(scrapped).add(rejected.orElse(BigDecimal.ZERO)).add(off);
            return new Quantities(chance(random, 85) ? Optional.of(received) : Optional.empty(), done, scrapped, rejected);
        }

        private BigDecimal small() {
            return BigDecimal.valueOf(random.nextInt(4000), 3);
        }

        private MasterData master() {
            Optional<Contact> contact = text("Charles").map(name -> new Contact(name, email()));
            return new MasterData(chance(random, 80) ? List.of(new OrderLine("bolts", text("hardened")),
                    new OrderLine("nuts", text("annealed"))) : List.of(),
                    text("AMS").map(code -> new Specification(code, text("G"), text("Grace"))), text("Edsger"),
                    chance(random, 80) ? Optional.of(new JobCustomer("C", contact)) : Optional.empty());
        }

        private CertificateFields fields() {
            return new CertificateFields(text("AMS B"), text("bent"), text("Barbara"), text("Dana"), email());
        }

        private Optional<String> text(String value) {
            return chance(random, 75) ? Optional.of(value) : Optional.empty();
        }

        private Optional<String> email() {
            return text("dana@example.com");
        }

        void reached(Map<String, Integer> states) {
            jobs().forEach(job -> {
                states.merge(job.completion().map(done -> done.bypassed() ? "bypassed" : "completed").orElse("open"), 1,
                        Integer::sum);
                plant.certificates(job.number()).forEach(each -> states.merge(each.isIssued() ? "issued" : "draft", 1,
                        Integer::sum));
            });
        }
    }
}
