package com.nexasystems.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testing.Cases;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactsTextTest {

    private static final String GOOD = """
            invoice-facts 1
            invoice|id=in_1|number=X-1|state=OPEN|party=cus_1|name=Ada|jurisdiction=CA-ON|currency=CAD\
            |issued=2024-05-01T00:00:00Z|due=2024-05-31|written-off|settled|revised-by
            totals|excluding-tax=10.00|total=11.30|to-balance=0.00|prepaid=0.00|offset=0.00|due=11.30|paid=0.00\
            |remaining=11.30|overpaid=0.00
            line|id=l|description=Hosting|item|proration=false|sale=SERVICE|amount=10.00|discount=0.00\
            |included=0.00|credits=a|credits=b
            tax|name=HST|percent=13|inclusive=false|base=10.00|amount=1.30
            part|base=10.00|amount=1.30
            """;

    @Test
    void facts_are_read_as_they_were_written() {
        Cases.check(2_000, random -> {
            InvoiceFacts facts = RandomFacts.of(random);
            assertThat(FactsText.read(FactsText.write(facts))).isEqualTo(facts);
        });
    }

    @Test
    void what_is_read_is_written_byte_for_byte() {
        assertThat(FactsText.write(read(GOOD))).asString(StandardCharsets.UTF_8).isEqualTo(GOOD.replace('|', '\t'));
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(delimiter = ';', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            facts 1;facts 2;facts
            id=in_1|;;invoice[1].id
            id=in_1;id=;id
            =OPEN;=open;invoice[1].state
            CA-ON;ON-CA-ON;jurisdiction
            CAD;XAU;invoice[1].currency
            CAD;CADD;invoice[1].currency
            00:00Z;00:00;invoice[1].issued
            2024-05-01;+99999-05-01;invoice[1].issued
            2024-05-01T00:00:00Z;2024-05-01T00:00:00.0Z;facts
            2024-05-31;2024-06-31;invoice[1].due
            2024-05-31;+99999-05-31;invoice[1].due
            excluding-tax=10.00;excluding-tax=1e9;totals[2].excluding-tax
            excluding-tax=10.00;excluding-tax=10.001;totals[2].excluding-tax
            excluding-tax=10.00;excluding-tax=10;facts
            excluding-tax=10.00;excluding-tax=999999999999999999999999999;totals[2].excluding-tax
            totals;sums;totals
            |overpaid=0.00;;totals[2].overpaid
            Hosting;\\x;line[3].description
            Hosting;\\u00e;line[3].description
            Hosting;\\u0041;facts
            proration=false;proration=no;line[3].proration
            credits=b;debits=b;line[3].credits
            percent=13;percent=1e9999999;tax[4].percent
            part|;other|;facts
            |percent=13;;tax[4].percent
            amount=1.30\\n;amount=1.30|more=1\\n;tax[4]
            """)
    void what_is_not_written_so_is_refused_with_its_name(String written, String instead, String field) {
        String bad = GOOD.replace(plain(written), instead == null ? "" : plain(instead));
        assertThatThrownBy(() -> read(bad)).isInstanceOf(InvalidValue.class)
                .extracting(thrown -> ((InvalidValue) thrown).field()).isEqualTo(field);
    }

    @Test
    void whatever_is_done_to_the_bytes_is_refused_and_nothing_else_happens() {
        Cases.check(3_000, random -> {
            byte[] bytes = damaged(FactsText.write(RandomFacts.of(random)), random);
            try {
                assertThat(FactsText.write(FactsText.read(bytes))).isEqualTo(bytes);
            } catch (InvalidValue e) {
                assertThat(e.field()).isNotEmpty();
            }
        });
    }

    private static byte[] damaged(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(bytes.length);
        if (random.nextBoolean()) {
            return Arrays.copyOf(bytes, at);
        }
        bytes[at] = (byte) random.nextInt(256);
        return bytes;
    }

    private static InvoiceFacts read(String text) {
        return FactsText.read(text.replace('|', '\t').getBytes(StandardCharsets.UTF_8));
    }

    private static String plain(String text) {
        return text.replace("\\n", "\n");
    }
}
