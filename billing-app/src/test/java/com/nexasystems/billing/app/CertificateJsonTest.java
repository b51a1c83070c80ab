package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.reconciliation.BillerRules;
import com.nexasystems.billing.reconciliation.ParityCertificate;
import com.nexasystems.billing.reconciliation.Resolution;
import com.nexasystems.billing.reconciliation.Summary;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CertificateJsonTest {

    private static final Currency CAD = Currency.getInstance("CAD");
    private static final LocalDate AUGUST = LocalDate.of(2026, 8, 1);
    private static final Instant NOW = Instant.parse("2026-09-08T12:00:00.123456Z");
    private static final UUID NUMBER = UUID.fromString("01a21fb0-3169-7000-aa83-2f7b7ee459fe");

    private static ParityCertificate issued(String note) {
        var month = new Summary.Month(AUGUST, CAD, 7, 1, 1, new BigDecimal("100.1250"), new BigDecimal("99.9900"),
                new BigDecimal("80.0000"), new BigDecimal("0.0100"), 2, new BigDecimal("20.00"));
        return new ParityCertificate(NUMBER, new ServiceId(UUID.fromString("01a21fb0-3169-7000-aa83-2f7b7ee459ff")),
                "Hosting \u2028 \ufffe", AUGUST, AUGUST.plusMonths(1), BillerRules.engine(ZoneId.of("America/Toronto")),
                true, new BigDecimal("0.01"), new Summary(List.of(month)), List.of(new ParityCertificate.Waiver("s-1", AUGUST,
                new BigDecimal("-0.5000"), new Resolution(Actor.person("ada"), NOW, note))),
                List.of(new ParityCertificate.Open("s-2", AUGUST, new BigDecimal("1.2300"), BigDecimal.ZERO)), "ab12",
                Actor.person("ada"), NOW);
    }

    private static Object read(ParityCertificate certificate) {
        return Json.read("FILE", new String(Json.line(CertificateJson.of(certificate)), StandardCharsets.UTF_8));
    }

    @Test
    void what_was_written_is_what_was_issued() {
        ParityCertificate issued = issued("a \"note\" and <tags>");
        assertThat(CertificateJson.number(read(issued))).isEqualTo(NUMBER);
        assertThat(CertificateJson.altered(read(issued), issued)).isEmpty();
        assertThat(CertificateJson.altered(Json.read("page", CertificateHtml.json(CertificateHtml.of(issued))), issued))
                .isEmpty();
    }

    @Test
    void it_tells_all_of_the_certificate() {
        Map<?, ?> json = (Map<?, ?>) read(issued("note"));
        assertThat(json.get("coverage")).isEqualTo(Map.of("CAD", "66.67"));
        assertThat(json.get("months").toString()).contains("month=2026-08", "charged=99.99", "charged_unlinked=20");
        assertThat(json.get("waivers").toString()).contains("delta=-0.5", "note=note", "name=ada",
                "2026-09-08T12:00:00.123456Z");
        assertThat(json.get("open").toString()).contains("s-2", "delta=1.23", "unexplained=0");
        assertThat(json.get("rules").toString()).contains("usage_zone=America/Toronto", "rounding=none");
    }

    @Test
    void the_field_that_was_altered_is_named() {
        ParityCertificate issued = issued("note");
        assertThat(CertificateJson.altered(read(issued("other")), issued)).contains("waivers[0].note");
        assertThat(CertificateJson.altered(Map.of(), issued)).contains("accepted");
        assertThat(CertificateJson.altered("text", issued)).contains("all of it");
    }
}
