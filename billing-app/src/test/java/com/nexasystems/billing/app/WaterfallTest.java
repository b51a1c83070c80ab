package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.app.Waterfall.Bar;
import com.nexasystems.billing.app.Waterfall.Kind;
import com.nexasystems.billing.money.ExactAmount;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.rating.PriceChange;
import com.nexasystems.billing.rating.PriceComparison;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class WaterfallTest {

    private static final Currency CAD = Currency.getInstance("CAD");

    @Test
    void every_bar_begins_where_the_one_before_it_ended() {
        Waterfall waterfall = waterfall("100.00", "60.00", Map.of("cpu", "30.00"));
        assertThat(waterfall.bars()).extracting(Bar::kind).containsExactly(Kind.TOTAL, Kind.LESS, Kind.MORE, Kind.TOTAL);
        assertThat(waterfall.bars()).extracting(Bar::text).containsExactly("100.00", "-40.00", "+30.00", "90.00");
        assertThat(waterfall.bars()).extracting(bar -> waterfall.at(bar.from(), 100)).containsExactly(0, 60, 60, 0);
        assertThat(waterfall.bars()).extracting(bar -> waterfall.at(bar.to(), 100)).containsExactly(100, 100, 90, 90);
    }

    @Test
    void changes_too_small_to_see_are_drawn_on_the_end_of_the_axis() {
        Waterfall waterfall = waterfall("1000.00", "990.00", Map.of());
        assertThat(waterfall.start()).isEqualByComparingTo("980");
        assertThat(waterfall.bars()).extracting(bar -> waterfall.at(bar.from(), 100)).containsExactly(0, 50, 0);
    }

    @Test
    void nothing_at_all_is_drawn_as_nothing() throws Exception {
        Waterfall waterfall = waterfall("0.00", "0.00", Map.of("cpu", "0.00"));
        assertThat(waterfall.bars()).extracting(bar -> waterfall.at(bar.to(), 100)).containsOnly(0);
        parse(WaterfallSvg.draw(waterfall, "nothing", "at all"));
    }

    @Test
    void whatever_names_hold_the_picture_is_well_formed_and_the_same_everywhere() throws Exception {
        Waterfall waterfall = waterfall("10.00", "5.00", Map.of(
                "a <b> & \"c\" \u0001\uFFFE \uD800 of a very long name 🚀🚀🚀🚀", "1.00"));
        String drawn = WaterfallSvg.draw(waterfall, "<script>alert(1)</script>", "\u0000]]>");
        parse(drawn);
        assertThat(drawn).doesNotContain("<script");
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertThat(WaterfallSvg.draw(waterfall, "<script>alert(1)</script>", "\u0000]]>")).isEqualTo(drawn);
        } finally {
            Locale.setDefault(before);
        }
    }

    private static void parse(String svg) throws Exception {
        DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static Waterfall waterfall(String flatBefore, String flatAfter, Map<String, String> newCharges) {
        var parts = new LinkedHashMap<Optional<String>, PriceChange>();
        parts.put(PriceComparison.FLAT, change(flatBefore, flatAfter));
        newCharges.forEach((code, after) -> parts.put(Optional.of(code), change("0.00", after)));
        return Waterfall.of(new PriceComparison(parts));
    }

    private static PriceChange change(String before, String after) {
        return new PriceChange(Money.of(CAD, before), Money.of(CAD, after), new ExactAmount(CAD, new BigDecimal(before)),
                new ExactAmount(CAD, new BigDecimal(after)));
    }
}
