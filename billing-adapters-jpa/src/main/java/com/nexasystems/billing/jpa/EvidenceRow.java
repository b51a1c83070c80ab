package com.nexasystems.billing.jpa;

import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.Evidence.Document;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.IntStream;

/** Evidence, as a row of {@code ledger_evidence}. The digest is handed over: it costs more than the rest. */
record EvidenceRow(String sha256, Evidence evidence) {

    static final Batch<EvidenceRow> BATCH = new Batch<EvidenceRow>()
            .text("sha256", EvidenceRow::sha256)
            .text("invoice", row -> row.evidence.invoice())
            .instant("fetched_at", row -> row.evidence.fetchedAt())
            .texts("names", row -> row.evidence.documents().stream().map(Document::name).toList())
            .byteArrays("documents", row -> row.evidence.documents().stream().map(Document::bytes).toList());

    static EvidenceRow of(Evidence evidence) {
        return new EvidenceRow(evidence.sha256(), evidence);
    }

    static Evidence read(ResultSet row) throws SQLException {
        String[] names = Sql.texts(row, "names");
        Array documents = row.getArray("documents");
        byte[][] bytes = (byte[][]) documents.getArray();
        return new Evidence(row.getString("invoice"), Sql.instant(row, "fetched_at"), IntStream.range(0, names.length)
                .mapToObj(i -> new Document(names[i], bytes[i])).toList());
    }
}
