package com.nexasystems.billing.production;

import static com.nexasystems.billing.production.Plant.ADA;
import static com.nexasystems.billing.production.Plant.KNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.production.Backfill.Filled;
import com.nexasystems.billing.production.Backfill.Report;
import com.nexasystems.billing.production.Job.Completion;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.testing.Workers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Backfill: completed jobs whose required certificates are missing. */
class BackfillTest {

    private final Plant plant = new Plant();

    /** As an older system marked them done: without certificates. */
    private void completedWithoutCertificates(String number) {
        Job job = plant.job(number, Plant.good());
        plant.billing.ports().jobs().update(job.completed(new Completion(ADA, Shop.MARCH, false)));
    }

    private Report run(boolean dryRun) {
        return plant.billing.certificateBackfill().run(Optional.of(plant.service), dryRun, ADA, report -> { });
    }

    @Test
    void finds_completed_jobs_without_their_certificates_makes_them_and_says_so() {
        completedWithoutCertificates("J-1");
        completedWithoutCertificates("J-2");
        plant.job("J-3", Plant.good());
        plant.job("J-4", Plant.good());
        plant.complete("J-4");
        List<Certificate> there = plant.certificates("J-4");
        Report report = run(false);
        assertThat(report).isEqualTo(new Report(2, 4, List.of(new Filled(plant.find("J-1"), Plant.BOTH),
                new Filled(plant.find("J-2"), Plant.BOTH))));
        assertThat(plant.certificates("J-1")).extracting(made -> made.fields().process().orElseThrow())
                .containsExactly("hardened", "hardened");
        assertThat(plant.certificates("J-3")).isEmpty();
        assertThat(plant.certificates("J-4")).isEqualTo(there);
    }

    @Test
    void a_dry_run_says_the_same_and_makes_nothing() {
        completedWithoutCertificates("J-1");
        Report planned = run(true);
        assertThat(plant.certificates("J-1")).isEmpty();
        assertThat(run(true)).isEqualTo(planned);
        assertThat(run(false)).isEqualTo(planned);
    }

    @Test
    void is_safe_to_repeat() {
        completedWithoutCertificates("J-1");
        run(false);
        List<Certificate> made = plant.certificates("J-1");
        plant.clock.set(Shop.APRIL);
        assertThat(run(false)).isEqualTo(new Report(0, 0, List.of()));
        assertThat(plant.certificates("J-1")).isEqualTo(made);
        assertThat(plant.audited(made.get(0).id())).hasSize(1);
    }

    @Test
    void completes_a_set_of_which_some_are_there() {
        plant.certificate(KNOWN);
        List<Certificate> before = plant.certificates("J-1");
        plant.billing.jobs().put(plant.service, new JobDetails("J-1", "O-7", Plant.good(), KNOWN,
                List.of("conformity", "origin")), ADA);
        assertThat(run(false).first()).extracting(Filled::types).containsExactly(List.of("origin"));
        assertThat(plant.certificates("J-1")).hasSize(3).containsAll(before);
    }

    @Test
    void goes_on_page_by_page_over_all_services() {
        IntStream.range(0, 1203).forEach(i -> completedWithoutCertificates("J-" + i));
        var progress = new ArrayList<Long>();
        Report report = plant.billing.certificateBackfill().run(Optional.empty(), false, ADA,
                page -> progress.add(page.jobs()));
        assertThat(progress).containsExactly(500L, 1000L, 1203L);
        assertThat(report.certificates()).isEqualTo(2406);
        assertThat(report.first()).hasSize(1000);
        assertThat(run(true).jobs()).isZero();
    }

    @Test
    void does_the_rest_after_it_was_killed() {
        IntStream.range(0, 600).forEach(i -> completedWithoutCertificates("J-" + i));
        try {
            plant.billing.certificateBackfill().run(Optional.empty(), false, ADA, report -> {
                throw new PortFailure(PortFailure.Effect.UNKNOWN, "the process died here", null);
            });
        } catch (PortFailure expected) {
            assertThat(run(false).jobs()).isEqualTo(100);
        }
        assertThat(run(true).jobs()).isZero();
    }

    @Test
    void several_at_once_make_one_set() throws Exception {
        IntStream.range(0, 20).forEach(i -> completedWithoutCertificates("J-" + i));
        var reports = Collections.synchronizedList(new ArrayList<Report>());
        try (var workers = new Workers(3)) {
            workers.race(Collections.nCopies(3, () -> reports.add(run(false))));
        }
        assertThat(reports.stream().mapToLong(Report::certificates).sum()).isEqualTo(40);
    }
}
