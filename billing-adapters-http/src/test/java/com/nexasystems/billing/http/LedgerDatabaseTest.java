package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The books over PostgreSQL are those over memory. */
class LedgerDatabaseTest {

    @RegisterExtension
    final ApiServer memory = ApiServer.inMemory();

    @RegisterExtension
    final ApiServer database = new ApiServer();

    private static void keepBooks(ApiClient operator) {
        begin(operator, "/ledger/ingestions", "{'from':'all'}");
        begin(operator, "/ledger/postings", "{'all':true,'bypass_reason':'Gadgets get their family in spring'}");
        operator.post("/ledger/reversals", "{'entry':'in_1#payment#py_in_1#1','date':'2026-03-01','reason':'Bounced'}").ok();
        operator.post("/ledger/lock", "{'until':'2026-02-28'}").ok();
        begin(operator, "/ledger/ingestions", "{'ids':['in_1']}");
    }

    private static Reply begin(ApiClient operator, String path, String json) {
        Reply ended = operator.settled(path + "/" + operator.post(path, json).is(202).at("/lago_id").asText());
        assertThat(ended.at("/attempt/status").asText()).as(ended.text()).isEqualTo("finished");
        return ended;
    }

    private List<String> both(Function<ApiClient, Reply> asked) {
        return Stream.of(memory, database).map(ApiServer::operator).map(asked)
                .map(reply -> reply.text().replaceAll("operator [0-9a-f-]+", "operator")
                        .replaceAll("[0-9a-f]{64}", "link").replaceAll("[0-9a-f-]{36}", "id")).toList();
    }

    @Test
    void say_the_same_in_every_report() {
        keepBooks(memory.operator());
        keepBooks(database.operator());
        for (String path : List.of("/ledger/reports/trial_balance?scope=both", "/ledger/reports/revenue",
                "/ledger/reports/tax", "/ledger/reports/ageing", "/ledger/reports/journal", "/ledger/drafts",
                "/ledger/invoices", "/ledger/invoices/in_1", "/ledger/invoices/in_1/evidence", "/ledger/lock",
                "/ledger/review?seed=monday")) {
            List<String> json = both(operator -> operator.get(path).ok());
            assertThat(json.get(1)).as(path).isEqualTo(json.get(0));
            if (path.contains("/reports/")) {
                List<String> csv = both(operator -> operator.with("Accept", "text/csv").get(path).ok());
                assertThat(csv.get(1)).as(path).isEqualTo(csv.get(0));
            }
        }
        assertThat(both(operator -> begin(operator, "/ledger/verifications", "{}"))).allMatch(text ->
                text.contains("\"entries\":4,") && text.contains("\"bad\":null"));
    }
}
