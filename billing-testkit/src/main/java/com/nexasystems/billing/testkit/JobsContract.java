package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.production.Job;
import com.nexasystems.billing.production.Job.Completion;
import com.nexasystems.billing.production.MasterData;
import com.nexasystems.billing.production.MasterData.JobCustomer;
import com.nexasystems.billing.production.MasterData.OrderLine;
import com.nexasystems.billing.production.MasterData.Specification;
import com.nexasystems.billing.production.Quantities;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.production.Jobs}. */
public abstract class JobsContract extends PortContract {

    private final Service hosting = Samples.service("hosting");
    private final Service chat = Samples.service("chat");

    protected JobsContract() {
    }

    @BeforeEach
    final void addServices() {
        keep(() -> {
            ports.services().add(hosting);
            ports.services().add(chat);
        });
    }

    @Test
    @DisplayName("JO-1 a job is found by its number, exactly as it was")
    void a_job_is_found_exactly_as_it_was() {
        Job open = add(ProductionSample.job(hosting, "J-1"));
        Job rich = add(ProductionSample.rich(hosting, "j-1 \"ü\" 🚀", "conformity", "analysis"));
        var little = new MasterData(List.of(new OrderLine("x", Optional.empty())),
                Optional.of(new Specification("S", Optional.empty(), Optional.empty())), Optional.empty(),
                Optional.of(new JobCustomer("C", Optional.empty())));
        Job some = add(new Job(Samples.id("some"), hosting.id(), "some", "O", Quantities.NONE, little, List.of("a"),
                Optional.of(new Completion(Actor.service("chat"), ProductionSample.NOW, true))));
        Stream.of(open, rich, some).forEach(job -> {
            assertThat(ports.jobs().find(hosting.id(), job.number())).contains(job);
            assertThat(kept(() -> ports.jobs().claim(hosting.id(), job.number()))).contains(job);
        });
        assertThat(ports.jobs().find(hosting.id(), "J-2")).isEmpty();
    }

    @Test
    @DisplayName("JO-2 a number is taken once in a service")
    void a_number_is_taken_once() {
        Job first = add(ProductionSample.job(hosting, "J-1"));
        Job second = ProductionSample.like(new Job(Samples.id("second"), hosting.id(), "J-1", "O-2", Quantities.NONE,
                MasterData.NONE, List.of(), Optional.empty()), Optional.empty());
        assertThat(kept(() -> ports.jobs().add(second))).isFalse();
        assertThat(ports.jobs().find(hosting.id(), "J-1")).contains(first);
        assertThat(numbers(hosting, Optional.empty())).containsExactly("J-1");
    }

    @Test
    @DisplayName("JO-2 of concurrent jobs with one number, one is added")
    void of_concurrent_jobs_one_is_added() {
        List<Boolean> added = OtherThread.together(4, i -> kept(() -> ports.jobs().add(new Job(Samples.id("rival " + i),
                hosting.id(), "J-1", "O-" + i, Quantities.NONE, MasterData.NONE, List.of(), Optional.empty()))));
        assertThat(added).containsOnlyOnce(true);
    }

    @Test
    @DisplayName("JO-3 an update replaces all but id, service and number")
    void an_update_replaces_all_but_id_service_and_number() {
        Job job = add(ProductionSample.job(hosting, "J-1"));
        Job other = add(ProductionSample.job(hosting, "J-2"));
        Job changed = ProductionSample.rich(hosting, "J-1", "a", "b");
        keep(() -> ports.jobs().update(new Job(job.id(), chat.id(), "J-9", changed.order(), changed.quantities(),
                changed.master(), changed.certificateTypes(), changed.completion())));
        assertThat(ports.jobs().find(hosting.id(), "J-1")).contains(changed);
        assertThat(ports.jobs().find(hosting.id(), "J-2")).contains(other);
        assertThat(ports.jobs().find(chat.id(), "J-9")).isEmpty();
        keep(() -> ports.jobs().update(job));
        assertThat(ports.jobs().find(hosting.id(), "J-1")).contains(job);
    }

    @Test
    @DisplayName("JO-4 a claim waits, and whoever has it sees what was done before")
    void a_claim_waits() {
        Job job = add(ProductionSample.job(hosting, "J-1"));
        Job done = ProductionSample.rich(hosting, "J-1");
        OtherThread<Optional<Job>> other = kept(() -> {
            ports.jobs().claim(hosting.id(), "J-1");
            var waits = OtherThread.doing(() -> kept(() -> ports.jobs().claim(hosting.id(), "J-1")));
            waits.answerMeanwhile();
            ports.jobs().update(done);
            return waits;
        });
        assertThat(other.answer()).contains(done).isNotEqualTo(Optional.of(job));
    }

    @Test
    @DisplayName("JO-5 the jobs of one service are not there for another")
    void the_jobs_of_one_service_are_not_there_for_another() {
        Job own = add(ProductionSample.rich(hosting, "J-1", "a"));
        add(ProductionSample.job(hosting, "J-2"));
        assertThat(ports.jobs().find(chat.id(), "J-1")).isEmpty();
        assertThat(kept(() -> ports.jobs().claim(chat.id(), "J-1"))).isEmpty();
        assertThat(numbers(chat, Optional.empty())).isEmpty();
        assertThat(ports.jobs().open(chat.id(), Optional.empty(), 10)).isEmpty();
        assertThat(ports.jobs().lackingCertificates(Optional.of(chat.id()), Optional.empty(), 10)).isEmpty();
        Job theirs = add(ProductionSample.job(chat, "J-1"));
        assertThat(ports.jobs().find(chat.id(), "J-1")).contains(theirs);
        assertThat(ports.jobs().find(hosting.id(), "J-1")).contains(own);
    }

    @Test
    @DisplayName("JO-6 lists come by number, page by page")
    void lists_come_by_number() {
        List.of("b", "a2", "B", "a10", "c").forEach(number -> add(ProductionSample.job(hosting, number)));
        List.of("a1", "d").forEach(number -> add(ProductionSample.rich(hosting, number)));
        assertThat(numbers(hosting, Optional.empty())).containsExactly("B", "a1", "a10", "a2", "b", "c", "d");
        assertThat(numbers(hosting, Optional.of(true))).containsExactly("a1", "d");
        assertThat(numbers(hosting, Optional.of(false))).containsExactly("B", "a10", "a2", "b", "c");
        assertThat(pages(2, 5, (Optional<String> after) -> ports.jobs().open(hosting.id(), after, 2).stream()
                .map(Job::number).toList())).containsExactly("B", "a10", "a2", "b", "c");
    }

    /** By pages of two. */
    private List<String> numbers(Service service, Optional<Boolean> completed) {
        var numbers = new ArrayList<String>();
        Page<Job> page = ports.jobs().list(service.id(), completed, PageRequest.first(2));
        for (int i = 2; !page.items().isEmpty(); i++) {
            page.items().forEach(job -> numbers.add(job.number()));
            assertThat(page.total()).isGreaterThanOrEqualTo(numbers.size());
            page = ports.jobs().list(service.id(), completed, new PageRequest(i, 2));
        }
        assertThat(page.total()).isEqualTo(numbers.size());
        return numbers;
    }

    @Test
    @DisplayName("JO-7 a completed job lacks certificates until each of its types has one")
    void a_completed_job_lacks_certificates_until_each_type_has_one() {
        Job two = add(ProductionSample.rich(hosting, "J-1", "a", "b"));
        add(ProductionSample.rich(hosting, "J-2"));
        add(ProductionSample.like(ProductionSample.job(hosting, "J-3"), Optional.empty(), "a"));
        Job theirs = add(ProductionSample.rich(chat, "J-4", "a"));
        Job later = add(ProductionSample.rich(hosting, "J-5", "a"));
        List<Job> all = Stream.of(two, theirs, later).sorted(Comparator.comparing((Job job) -> job.service().toString())
                .thenComparing(Job::number)).toList();
        assertThat(pages(1, 3, (Optional<Job> after) -> ports.jobs().lackingCertificates(Optional.empty(), after, 1)))
                .containsExactlyElementsOf(all);
        assertThat(lacking()).containsExactly(two, later);
        keep(() -> ports.certificates().add(ProductionSample.draft(two, "a")));
        keep(() -> ports.certificates().add(ProductionSample.draft(two, "c")));
        assertThat(lacking()).containsExactly(two, later);
        keep(() -> ports.certificates().add(ProductionSample.draft(two, "b")));
        assertThat(lacking()).containsExactly(later);
    }

    @Test
    @DisplayName("JO-8 a job is found by its id, and not by another service")
    void a_job_is_found_by_its_id() {
        Job job = add(ProductionSample.rich(hosting, "J-1", "a"));
        add(ProductionSample.job(hosting, "J-2"));
        assertThat(ports.jobs().find(hosting.id(), job.id())).contains(job);
        assertThat(ports.jobs().find(chat.id(), job.id())).isEmpty();
        assertThat(ports.jobs().find(hosting.id(), Samples.id("nobody"))).isEmpty();
    }

    private List<Job> lacking() {
        return ports.jobs().lackingCertificates(Optional.of(hosting.id()), Optional.empty(), 10);
    }

    private Job add(Job job) {
        assertThat(kept(() -> ports.jobs().add(job))).isTrue();
        return job;
    }
}
