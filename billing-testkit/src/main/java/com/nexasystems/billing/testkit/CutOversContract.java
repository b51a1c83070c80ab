package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.cutover.Flip;
import com.nexasystems.billing.cutover.Flip.Reverted;
import com.nexasystems.billing.identity.ServiceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.cutover.CutOvers}. */
public abstract class CutOversContract extends PortContract {

    private static final ServiceId HOSTING = Samples.service("hosting").id();
    private static final ServiceId CHAT = Samples.service("chat").id();
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789012Z");
    private static final Reverted REVERTED = new Reverted(Actor.person("zoë@example.com"), NOW.plusNanos(1000));

    protected CutOversContract() {
    }

    @BeforeEach
    final void addServices() {
        keep(() -> {
            ports.services().add(Samples.service("hosting"));
            ports.services().add(Samples.service("chat"));
        });
    }

    @Test
    @DisplayName("FL-1 a claim waits, and whoever has it sees what was done before")
    void a_claim_waits() {
        Flip first = flip(HOSTING, "first");
        OtherThread<List<Flip>> other = kept(() -> {
            ports.cutOvers().claim(HOSTING);
            var waits = OtherThread.doing(() -> kept(() -> {
                ports.cutOvers().claim(HOSTING);
                return ports.cutOvers().of(HOSTING);
            }));
            waits.answerMeanwhile();
            ports.cutOvers().add(first);
            return waits;
        });
        assertThat(other.answer()).containsExactly(first);
    }

    @Test
    @DisplayName("FL-1 of many who flip what nobody has flipped, one does")
    void of_many_one_flips() {
        OtherThread.together(6, i -> kept(() -> {
            ports.cutOvers().claim(CHAT);
            if (ports.cutOvers().of(CHAT).isEmpty()) {
                ports.cutOvers().add(flip(CHAT, "rival " + i));
            }
            return i;
        }));
        assertThat(ports.cutOvers().of(CHAT)).hasSize(1);
    }

    @Test
    @DisplayName("FL-2 flips are given exactly as they were, in the order in which they were added")
    void flips_are_given_exactly_as_they_were() {
        var rich = new Flip(Samples.id("rich"), HOSTING, Optional.of("Nutzer \"ü\" 🚀"),
                Instant.parse("1999-12-31T23:59:59.999999Z"), Long.MAX_VALUE, Actor.service("chat"), NOW,
                Optional.of(REVERTED));
        List<Flip> flips = List.of(flip(HOSTING, "z"), rich, flip(HOSTING, "a"));
        flips.forEach(flip -> keep(() -> ports.cutOvers().add(flip)));
        assertThat(ports.cutOvers().of(HOSTING)).containsExactlyElementsOf(flips);
    }

    @Test
    @DisplayName("FL-3 an update replaces whether it was reverted, and nothing else")
    void an_update_replaces_whether_it_was_reverted() {
        Flip flip = flip(HOSTING, "flip");
        Flip other = flip(HOSTING, "other");
        keep(() -> List.of(flip, other).forEach(ports.cutOvers()::add));
        var changed = new Flip(flip.id(), CHAT, Optional.of("somebody"), NOW.plusSeconds(9), 0, Actor.BILLING_RUN,
                NOW.plusSeconds(9), Optional.of(REVERTED));
        keep(() -> ports.cutOvers().update(changed));
        assertThat(ports.cutOvers().of(HOSTING)).containsExactly(new Flip(flip.id(), flip.service(), flip.user(),
                flip.since(), flip.subscriptions(), flip.by(), flip.at(), Optional.of(REVERTED)), other);
        keep(() -> ports.cutOvers().update(flip));
        assertThat(ports.cutOvers().of(HOSTING)).containsExactly(flip, other);
    }

    @Test
    @DisplayName("FL-4 the flips of one service are not there for another")
    void the_flips_of_one_service_are_not_there_for_another() {
        List<Flip> hosting = IntStream.range(0, 3).mapToObj(i -> flip(HOSTING, "hosting " + i)).toList();
        Flip chat = flip(CHAT, "chat");
        hosting.forEach(flip -> keep(() -> ports.cutOvers().add(flip)));
        assertThat(ports.cutOvers().of(CHAT)).isEmpty();
        keep(() -> ports.cutOvers().add(chat));
        assertThat(ports.cutOvers().of(HOSTING)).containsExactlyElementsOf(hosting);
        assertThat(ports.cutOvers().of(CHAT)).containsExactly(chat);
    }

    private static Flip flip(ServiceId service, String name) {
        return new Flip(Samples.id(service + name), service, Optional.empty(), NOW.minusSeconds(60), 7,
                Actor.person("ada@example.com"), NOW, Optional.empty());
    }
}
