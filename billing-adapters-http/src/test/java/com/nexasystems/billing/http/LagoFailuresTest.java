package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.ledger.Fetched;
import com.nexasystems.billing.simulator.lago.FakeLago;
import com.nexasystems.billing.simulator.lago.LagoFault;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said when Lago does not answer, or not with what was asked for. */
class LagoFailuresTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "UNAUTHORIZED|Lago refuses the API key (401)", "FORBIDDEN|Lago's API key may not read this (403)",
        "FOREIGN_NOT_FOUND|what answered is not Lago's API (404)", "NO_SUCH_ROUTE|what answered is not Lago's API (404)",
        "RATE_LIMITED|Lago limits how often it is asked (429); again in 7 s", "ERROR|Lago failed (500)",
        "BAD_GATEWAY|Lago failed (502)", "FOREIGN_PAGE|the answer is not the JSON of Lago",
        "REDIRECT|the answer leads elsewhere (302)", "HALF_JSON|the answer is not the JSON of Lago",
        "CUT_OFF|no answer of Lago: the connection broke off", "EMPTY|Lago's answer is empty",
        "LOST|no answer of Lago: the connection broke off"})
    void it_is_out_of_reach_then_and_there_afterwards(LagoFault fault, String reason) {
        try (LagoFixture fixture = LagoFixture.opened()) {
            String id = fixture.sample();
            for (String part : List.of("/invoices/", "/payments", "/credit_notes")) {
                if (fault == LagoFault.NO_SUCH_ROUTE && part.equals("/payments")) {
                    continue;
                }
                fixture.lago.faults().always(part, fault);
                assertThat(fixture.fetch(id)).as(part).isInstanceOfSatisfying(Fetched.Unreachable.class, answer -> {
                    assertThat(answer.invoice()).isEqualTo("lago:" + id);
                    assertThat(answer.reason()).startsWith(reason);
                });
                fixture.lago.faults().none();
                assertThat(fixture.fetch(id)).isInstanceOf(Fetched.Found.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = LagoFault.class, mode = Mode.EXCLUDE, names = {"SLOW", "ENDLESS"})
    void a_list_that_breaks_off_is_a_failure(LagoFault fault) {
        try (LagoFixture fixture = LagoFixture.opened()) {
            IntStream.range(0, 101).forEach(i -> fixture.sample());
            fixture.lago.faults().always("page=2", fault);
            var told = new ArrayList<String>();
            assertThatThrownBy(() -> fixture.source.ids(Optional.empty(), told::addAll)).isInstanceOf(PortFailure.class);
            assertThat(told).hasSize(100);
        }
    }

    @Test
    void a_list_that_begins_anew_again_and_again_is_left() {
        try (LagoFixture fixture = LagoFixture.opened()) {
            String id = fixture.sample();
            fixture.lago.faults().always("", LagoFault.ENDLESS);
            assertThat(fixture.fetch(id)).isEqualTo(new Fetched.Unreachable("lago:" + id,
                    "a list that is not Lago's: meta.next_page: does not follow 1"));
        }
    }

    @Test
    void nobody_waits_longer_than_the_limit() {
        try (LagoFixture fixture = LagoFixture.waiting(Duration.ofMillis(200))) {
            String id = fixture.sample();
            fixture.lago.faults().always("", LagoFault.SLOW);
            assertThat(fixture.fetch(id)).isEqualTo(new Fetched.Unreachable("lago:" + id, "no answer within 200 ms"));
        }
    }

    @Test
    void an_answer_without_end_is_not_read() {
        try (LagoFixture fixture = LagoFixture.reading(500)) {
            String id = fixture.sample();
            assertThat(fixture.fetch(id))
                    .isEqualTo(new Fetched.Unreachable("lago:" + id, "the answer is larger than 500 bytes"));
        }
    }

    @Test
    void what_is_not_there_or_fails_takes_nothing_from_the_others() {
        try (LagoFixture fixture = LagoFixture.opened()) {
            String first = "lago:" + fixture.sample();
            String failing = "lago:" + fixture.sample();
            String last = "lago:" + fixture.sample();
            fixture.lago.faults().always(failing.substring(5), LagoFault.ERROR);
            List<Fetched> answers = fixture.source.fetch(List.of(first, LagoFixture.UNKNOWN, failing, "lago:../customers",
                    last, first));
            assertThat(answers).extracting(Fetched::invoice).containsExactly(first, LagoFixture.UNKNOWN, failing,
                    "lago:../customers", last, first);
            assertThat(answers).extracting(answer -> (Object) answer.getClass()).containsExactly(Fetched.Found.class,
                    Fetched.Missing.class, Fetched.Unreachable.class, Fetched.Missing.class, Fetched.Found.class,
                    Fetched.Found.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lago:", "lago:1", "lago:../../etc", "lago:00000000-0000-4000-8000-000000000001?x=1",
        "lago:00000000-0000-4000-8000-00000000000g", "lago:00000000-0000-4000-8000-000000000001/void",
        "lago:1A900000-0000-4000-8000-000000000001"})
    void what_is_no_id_of_lagos_is_not_asked_for(String invoice) {
        try (LagoFixture fixture = LagoFixture.opened()) {
            assertThat(fixture.source.accepts(invoice)).isTrue();
            assertThat(fixture.source.fetch(List.of(invoice)).get(0)).isInstanceOf(Fetched.Missing.class);
            assertThat(fixture.lago.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(value = LagoFault.class, names = {"UNAUTHORIZED", "RATE_LIMITED", "ERROR", "LOST"})
    void when_it_is_out_of_reach_it_is_not_asked_for_the_rest(LagoFault fault) {
        try (LagoFixture fixture = LagoFixture.opened()) {
            List<String> all = IntStream.range(0, 50).mapToObj(i -> "lago:" + fixture.sample()).toList();
            fixture.lago.faults().always("", fault);
            assertThat(fixture.source.fetch(all)).hasSize(50).allMatch(Fetched.Unreachable.class::isInstance)
                    .extracting(Fetched::invoice).isEqualTo(all);
            assertThat(fixture.lago.requests()).hasSizeLessThan(6);
        }
    }

    @Test
    void another_key_is_refused_and_never_printed() {
        try (LagoFixture fixture = LagoFixture.opened(); LagoInvoices other = LagoFixture.open(fixture.lago, "s3cret")) {
            String id = "lago:" + fixture.sample();
            assertThat(other.fetch(List.of(id)).toString()).contains("401").doesNotContain("s3cret");
            assertThat(LagoFixture.settings(fixture.lago, "s3cret").toString()).doesNotContain("s3cret");
        }
        assertThatThrownBy(() -> LagoSettings.of(URI.create("http://localhost"), "s3cret\n", LagoFixture.TORONTO))
                .isInstanceOf(IllegalArgumentException.class).hasMessageNotContaining("s3cret");
    }

    @Test
    void the_base_may_have_a_path_of_its_own() {
        LagoSettings settings = LagoSettings.of(URI.create("https://lago.example.com/billing/"), "k", LagoFixture.TORONTO);
        assertThat(settings.root()).isEqualTo("/billing/api/v1");
        assertThat(LagoSettings.of(URI.create("https://lago.example.com/api/v1"), "k", LagoFixture.TORONTO).root())
                .isEqualTo("/api/v1");
        List.of("ftp://lago.example.com", "https://key@lago.example.com", "https://lago.example.com?a=b", "/api/v1")
                .forEach(base -> assertThatThrownBy(() -> LagoSettings.of(URI.create(base), "k", LagoFixture.TORONTO))
                        .isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void whoever_is_interrupted_is_answered_and_stays_interrupted() {
        try (LagoFixture fixture = LagoFixture.opened()) {
            String id = fixture.sample();
            Thread.currentThread().interrupt();
            Fetched answer = fixture.fetch(id);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(answer).isInstanceOf(Fetched.Unreachable.class);
            assertThat(fixture.fetch(id)).isInstanceOf(Fetched.Found.class);
        }
    }

    @Test
    void nobody_is_there() {
        try (LagoFixture fixture = LagoFixture.opened()) {
            String id = fixture.sample();
            fixture.lago.close();
            assertThat(fixture.fetch(id)).isInstanceOfSatisfying(Fetched.Unreachable.class,
                    answer -> assertThat(answer.reason()).startsWith("no answer of Lago: "));
            assertThatThrownBy(() -> fixture.source.ids(Optional.empty(), page -> { })).isInstanceOf(PortFailure.class);
        }
    }

    @Test
    void what_is_closed_answers_as_well() {
        try (FakeLago lago = FakeLago.started("k")) {
            LagoInvoices source = LagoFixture.open(lago, "k");
            source.close();
            assertThat(source.fetch(List.of(LagoFixture.UNKNOWN))).singleElement().isInstanceOf(Fetched.Unreachable.class);
            assertThatThrownBy(() -> source.ids(Optional.empty(), page -> { })).isInstanceOf(PortFailure.class);
        }
    }
}
