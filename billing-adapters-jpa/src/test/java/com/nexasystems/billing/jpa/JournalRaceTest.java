package com.nexasystems.billing.jpa;

import static com.nexasystems.billing.testkit.JournalSample.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.ledger.Draft;
import com.nexasystems.billing.ledger.EntryChain;
import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.Journal;
import com.nexasystems.billing.ledger.Journal.ChainRow;
import com.nexasystems.billing.ledger.Journal.Keep;
import com.nexasystems.billing.ledger.Journal.Known;
import com.nexasystems.billing.ledger.PostedEntry;
import com.nexasystems.billing.testkit.JournalSample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes take in the same invoices in different orders, while two others post whatever draft they find. */
@ExtendWith(TestDatabase.class)
@Timeout(120)
class JournalRaceTest {

    private static final int INVOICES = 240;
    private static final int PAGE = 30;
    private static final ExecutorService POOL = Executors.newCachedThreadPool();

    private final Ports ports = TestDatabase.open(TestDatabase.freshSchema()).ports();
    private final Journal journal = ports.journal();

    @Test
    void everything_is_posted_once_without_a_gap() {
        List<CompletableFuture<Void>> ingesting = IntStream.range(0, 2)
                .mapToObj(node -> CompletableFuture.runAsync(() -> ingest(new Random(node)), POOL)).toList();
        CompletableFuture<Void> all = CompletableFuture.allOf(ingesting.toArray(CompletableFuture[]::new));
        List<CompletableFuture<Void>> posting = IntStream.range(0, 2)
                .mapToObj(node -> CompletableFuture.runAsync(() -> post(all), POOL)).toList();
        posting.forEach(CompletableFuture::join);
        all.join();
        List<PostedEntry> posted = journal.chain(0, 10 * INVOICES).stream().map(ChainRow::entry)
                .map(Optional::orElseThrow).toList();
        Set<String> facts = new HashSet<>();
        String before = EntryChain.START;
        for (int i = 0; i < posted.size(); i++) {
            assertThat(posted.get(i).sequence()).isEqualTo(i + 1);
            assertThat(posted.get(i).chain()).isEqualTo(EntryChain.next(before, posted.get(i)));
            assertThat(facts.add(posted.get(i).entry().key().toString())).as("posted once").isTrue();
            before = posted.get(i).chain();
        }
        assertThat(facts).hasSize(2 * INVOICES);
        assertThat(journal.drafts(Optional.empty(), 1)).isEmpty();
        long sealed = 0;
        for (var seal : journal.seals(0, 10 * INVOICES)) {
            assertThat(seal.first()).isEqualTo(sealed + 1);
            sealed = seal.last();
        }
        assertThat(sealed).isEqualTo(posted.size());
    }

    /** Each page of invoices in another order; what is posted of one stays out of its drafts. */
    private void ingest(Random random) {
        List<String> ids = new ArrayList<>(IntStream.range(0, INVOICES).mapToObj(i -> "in_" + i).toList());
        Collections.shuffle(ids, random);
        for (int from = 0; from < ids.size(); from += PAGE) {
            List<String> page = ids.subList(from, from + PAGE);
            ports.unitOfWork().run(() -> {
                Map<String, Known> known = journal.claim(page);
                journal.keep(page.stream().map(id -> kept(id, known.get(id))).toList());
            });
        }
    }

    private static Keep kept(String id, Known known) {
        Evidence evidence = JournalSample.evidence(id, "answer");
        List<Draft> open = Stream.of(JournalSample.draft(evidence, DAY, "cus_1", "10.00"),
                JournalSample.payment(evidence, DAY.plusDays(1), "cus_1", "10.00"))
                .filter(draft -> known.posted().stream().noneMatch(entry -> entry.entry().key().equals(draft.entry().key())))
                .toList();
        return new Keep(JournalSample.booked(id), open, open.isEmpty() ? Optional.empty() : Optional.of(evidence));
    }

    private void post(CompletableFuture<Void> ingesting) {
        boolean last;
        do {
            last = ingesting.isDone();
            for (List<String> page = drafted(); !page.isEmpty(); page = drafted()) {
                postAll(page);
            }
        } while (!last);
    }

    private List<String> drafted() {
        return journal.drafts(Optional.empty(), PAGE).stream()
                .map(draft -> draft.entry().key().invoice()).distinct().toList();
    }

    private void postAll(List<String> invoices) {
        ports.unitOfWork().run(() -> {
            List<Draft> drafts = journal.claim(invoices).values().stream()
                    .flatMap(known -> known.drafts().stream()).toList();
            List<PostedEntry> batch = JournalSample.entries(journal.claimEnd(), drafts);
            if (!batch.isEmpty()) {
                journal.post(batch, JournalSample.seal(batch));
            }
        });
    }
}
