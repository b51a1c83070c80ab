package com.nexasystems.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nexasystems.billing.ledger.Booking.Booked;
import com.nexasystems.billing.ledger.Journal.Known;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.testing.Cases;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is done to an entry of a world's books, one leg or two at a time, is impossible or found. */
class LedgerMutationTest {

    private static final int WORLDS = 10;

    @Test
    void no_leg_can_be_left_out_doubled_or_changed() {
        Cases.check(WORLDS, random -> posted(new LedgerWorld(random)).map(PostedEntry::entry).forEach(entry -> {
            for (int i = 0; i < entry.postings().size(); i++) {
                Posting leg = entry.postings().get(i);
                var without = new ArrayList<>(entry.postings());
                without.remove(i);
                assertImpossible(entry, without);
                assertImpossible(entry, with(without, leg, leg));
                assertImpossible(entry, with(without, leg.negated()));
                assertImpossible(entry, with(without, more(leg)));
            }
        }));
    }

    @Test
    void an_entry_that_balances_and_is_not_what_the_source_says_is_found_by_the_next_ingestion() {
        Cases.check(WORLDS, random -> {
            var world = new LedgerWorld(random);
            posted(world).filter(entry -> known(world, entry).standing().contains(entry)).forEach(entry ->
                    wrong(entry.entry()).forEach(wrong -> assertFound(world, entry, wrong)));
        });
    }

    /**
     * Every pair of legs, a cent more on one and less on the other; every leg on another account. From one family to another is
     * no matter of the source: only the chain guards that.
     */
    private static Stream<JournalEntry> wrong(JournalEntry entry) {
        var wrong = new ArrayList<JournalEntry>();
        for (int i = 0; i < entry.postings().size(); i++) {
            var others = new ArrayList<>(entry.postings());
            Posting leg = others.remove(i);
            wrong.add(of(entry, with(others, new Posting(LedgerAccount.revenue("elsewhere"), leg.amount()))));
            Posting other = others.remove(0);
            Money cent = Money.ofMinor(leg.amount().currency(), BigInteger.ONE);
            if (!leg.amount().plus(cent).isZero() && !other.amount().minus(cent).isZero()) {
                wrong.add(of(entry, with(others, new Posting(leg.account(), leg.amount().plus(cent)),
                        new Posting(other.account(), other.amount().minus(cent)))));
            }
        }
        return wrong.stream().filter(other -> !other.saysTheSameButForFamiliesAs(entry));
    }

    private static void assertFound(LedgerWorld world, PostedEntry entry, JournalEntry wrong) {
        Known known = known(world, entry);
        List<PostedEntry> tampered = known.posted().stream().map(posted -> !posted.equals(entry) ? posted
                : new PostedEntry(posted.sequence(), wrong, posted.evidence(), posted.reverses(), posted.by(), posted.at(),
                posted.chain())).toList();
        var evidence = new Evidence(wrong.key().invoice(), world.desk().clock.instant(), List.of());
        Ingestion.Result result = new Ingestion(new Known(known.record(), known.drafts(), tampered),
                world.desk().clock.instant(), posted -> world.derived(posted.entry().key().invoice())).verified(evidence,
                known.record().flatMap(IngestedInvoice::document).orElseThrow(),
                new Booked(world.derived(wrong.key().invoice()), List.of(), true));
        assertThat(result.keep().record().changed()).as("%s instead of %s", wrong, entry).singleElement().asString()
                .startsWith(wrong.key() + ": posted is ");
    }

    private static Stream<PostedEntry> posted(LedgerWorld world) {
        world.live();
        return world.desk().posted().stream();
    }

    private static Known known(LedgerWorld world, PostedEntry entry) {
        return world.desk().journal.look(entry.entry().key().invoice());
    }

    private static void assertImpossible(JournalEntry entry, List<Posting> legs) {
        assertThatIllegalArgumentException().isThrownBy(() -> of(entry, legs));
    }

    private static JournalEntry of(JournalEntry entry, List<Posting> legs) {
        return new JournalEntry(entry.key(), entry.date(), entry.party(), entry.text(), legs);
    }

    private static List<Posting> with(List<Posting> legs, Posting... more) {
        return Stream.concat(legs.stream(), Stream.of(more)).toList();
    }

    /** By one minor unit; by two, where one would leave nothing. */
    private static Posting more(Posting leg) {
        BigInteger minor = leg.amount().minorUnits().add(BigInteger.ONE);
        return new Posting(leg.account(), Money.ofMinor(leg.amount().currency(),
                minor.signum() == 0 ? BigInteger.ONE : minor));
    }
}
