package com.nexasystems.billing.invoicing;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.CPU;
import static com.nexasystems.billing.testing.Shop.JUNE;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.MAY;
import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.usage.UsageSubmission;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same records give the same bytes: in any order, on any machine. */
class ReplayTest {

    private static final long SEED = 42;

    @ParameterizedTest(name = "in {0} and {1}")
    @CsvSource({"en-CA, UTC", "ar, Asia/Riyadh", "th-TH-u-ca-buddhist, Asia/Bangkok", "tr, Europe/Istanbul",
            "hi-IN-u-nu-deva, Asia/Kolkata", "ja-JP-u-ca-japanese, Pacific/Apia"})
    void locale_and_time_zone_of_the_machine_change_no_byte(String locale, String zone) {
        Locale localeBefore = Locale.getDefault();
        TimeZone zoneBefore = TimeZone.getDefault();
        byte[] expected = story(new SplittableRandom(SEED));
        try {
            Locale.setDefault(Locale.forLanguageTag(locale));
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            assertThat(story(new SplittableRandom(SEED))).isEqualTo(expected);
        } finally {
            Locale.setDefault(localeBefore);
            TimeZone.setDefault(zoneBefore);
        }
    }

    @Test
    void the_order_in_which_records_arrive_changes_no_byte() {
        byte[] expected = story(new SplittableRandom(SEED));
        Cases.check(50, random -> assertThat(story(random)).isEqualTo(expected));
    }

    @Test
    void one_more_unit_of_usage_is_seen() {
        byte[] expected = story(new SplittableRandom(SEED));
        List<UsageSubmission> more = new ArrayList<>(records());
        more.add(UsageSubmission.event("web-1", CPU, MARCH, "1", "one more"));
        assertThat(story(new SplittableRandom(SEED), more)).isNotEqualTo(expected);
    }

    private static byte[] story(SplittableRandom order) {
        return story(order, records());
    }

    /** Three months: usage in the given order, late usage after the first invoice, a termination. */
    private static byte[] story(SplittableRandom order, List<UsageSubmission> records) {
        var shop = new Shop();
        shop.subscribe(shop.customerIn("CA", "QC"), "web-1", shop.starter);
        shop.subscribe(shop.customerIn("CA", "ON"), "web-2", shop.inAdvance);
        shop.clock.set(APRIL);
        send(shop, order, records, MARCH, APRIL.minus(Duration.ofDays(5)));
        shop.bill(APRIL);
        shop.clock.set(MAY);
        send(shop, order, records, APRIL.minus(Duration.ofDays(5)), JUNE);
        shop.billing.terminations().terminate(shop.hosting.id(), "web-2");
        shop.bill(MAY);
        shop.bill(JUNE);
        return shop.invoices().stream().map(InvoiceText::explain).collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void send(Shop shop, SplittableRandom order, List<UsageSubmission> records, Instant from, Instant to) {
        List<UsageSubmission> part = records.stream()
                .filter(record -> !record.start().isBefore(from) && record.start().isBefore(to)).toList();
        shop.billing.usage().record(shop.hosting, Cases.shuffled(order, part));
    }

    private static List<UsageSubmission> records() {
        var random = new SplittableRandom(SEED);
        var records = new ArrayList<UsageSubmission>();
        for (int i = 0; i < 300; i++) {
            Instant at = MARCH.plusSeconds(random.nextInt(60 * 86_400));
            records.add(UsageSubmission.event(Cases.oneOf(random, "web-1", "web-2"), CPU, at,
                    Integer.toString(random.nextInt(9_999)) + ".25", "k" + i));
        }
        return records;
    }
}
