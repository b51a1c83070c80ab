package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.ledger.EntryChain;
import com.nexasystems.billing.ledger.EntryKey;
import com.nexasystems.billing.ledger.Journal;
import com.nexasystems.billing.ledger.Journal.ChainRow;
import com.nexasystems.billing.ledger.JournalEntry;
import com.nexasystems.billing.ledger.LedgerAccount;
import com.nexasystems.billing.ledger.PostedEntry;
import com.nexasystems.billing.ledger.Posting;
import com.nexasystems.billing.money.Money;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The journal as a file, which may be longer than the memory of the server. */
class JournalCsvTest {

    private static final int A_LOT = 20_000;

    private final AtomicLong read = new AtomicLong();

    /** So many rows from each place on; one that has no end, if it has none. */
    private interface Rows {

        List<ChainRow> from(long after, int limit);
    }

    private static ChainRow row(long sequence) {
        var amount = Money.of(TestInvoices.CAD, "10.00");
        var entry = new JournalEntry(EntryKey.parse("in_" + sequence + "#invoice##1"), LocalDate.EPOCH, "cus_1",
                "=cmd|'/c calc'!A1, \"quoted\"", List.of(new Posting(LedgerAccount.RECEIVABLE, amount),
                new Posting(LedgerAccount.revenue("hosting"), amount.negated())));
        return new ChainRow(sequence, Optional.of(new PostedEntry(sequence, entry, "e".repeat(64), Optional.empty(),
                Actor.person("ada"), Instant.EPOCH, EntryChain.START)), Optional.empty());
    }

    private List<ChainRow> endless(long after, int limit) {
        read.addAndGet(limit);
        return LongStream.rangeClosed(after + 1, after + limit).mapToObj(JournalCsvTest::row).toList();
    }

    private HttpResponse<InputStream> get(BillingApi api, Billing billing) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port()
                        + BillingApi.BASE + "/ledger/reports/journal")).header("Accept", "text/csv")
                .header("Authorization", "Bearer " + billing.apiKeys().issueForOperator("test").secret()).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    private static Billing over(Rows rows) {
        Ports ports = Ports.inMemory();
        var journal = (Journal) Proxy.newProxyInstance(Journal.class.getClassLoader(), new Class<?>[] {Journal.class},
                (proxy, method, arguments) -> rows.from((long) arguments[0], (int) arguments[1]));
        return Billing.over(TestPorts.with(ports, Map.of(Journal.class, journal))).build();
    }

    private static BillingApi start(Billing billing) {
        return BillingApi.start(billing, Clock.systemUTC(), ApiSettings.DEFAULT.draining(Duration.ZERO), Map::of);
    }

    @Test
    void is_sent_while_it_is_read_and_read_no_faster_than_it_is_taken() throws Exception {
        Billing billing = over(this::endless);
        try (BillingApi api = start(billing)) {
            HttpResponse<InputStream> response = get(api, billing);
            assertThat(response.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
            try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                assertThat(lines.readLine()).startsWith("sequence,entry,date,text,");
                assertThat(lines.readLine()).isEqualTo("1,in_1#invoice##1,1970-01-01,\"'=cmd|'/c calc'!A1, \"\"quoted\"\"\","
                        + "cus_1,receivable,1200,CAD,10.00,,,ada,1970-01-01T00:00:00Z," + "e".repeat(64) + ","
                        + "0".repeat(64) + ",");
                for (int line = 2; line < 2 * A_LOT; line++) {
                    assertThat(lines.readLine()).startsWith((line + 1) / 2 + ",");
                }
            }
            assertThat(read.get()).isBetween((long) A_LOT, 3L * A_LOT);
        }
    }

    @Test
    void is_cut_off_visibly_if_the_journal_cannot_be_read_to_its_end() throws Exception {
        Billing billing = over((after, limit) -> {
            if (after > 1_000) {
                throw new PortFailure(PortFailure.Effect.NONE, "the database is away", null);
            }
            return endless(after, limit);
        });
        try (BillingApi api = start(billing)) {
            HttpResponse<InputStream> response = get(api, billing);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void is_refused_if_the_journal_cannot_be_read_at_all() throws Exception {
        Billing billing = over((after, limit) -> {
            throw new PortFailure(PortFailure.Effect.NONE, "the database is away", null);
        });
        try (BillingApi api = start(billing)) {
            assertThat(get(api, billing).statusCode()).isEqualTo(503);
        }
    }

    @Test
    void what_cannot_be_read_of_the_journal_is_told_in_its_place() throws Exception {
        Billing billing = over((after, limit) -> after > 0 ? List.of()
                : List.of(row(1), new ChainRow(2, Optional.empty(), Optional.of("its date is 31 February"))));
        try (BillingApi api = start(billing)) {
            String text = new String(get(api, billing).body().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text.lines().toList()).hasSize(4).last().isEqualTo("2,,,,,,,,,,,,,,,its date is 31 February");
        }
    }
}
