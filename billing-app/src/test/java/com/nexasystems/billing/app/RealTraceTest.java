package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nexasystems.billing.app.ExactMonth.Tier;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A month of a real platform, where its trace lies beside the checkout. */
class RealTraceTest {

    private static final Path TRACE = Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent).limit(4)
            .map(folder -> folder.resolve("shared/data/planetlab-cpu-hourly-2011-03.csv.gz")).filter(Files::exists).findFirst()
            .orElse(Path.of("no-trace"));
    private static final List<Tier> TIERS = List.of(tier("100", "0.01", "0"), tier("36000.0", "0.0071", "1.25"),
            new Tier(null, ExactMonth.price("0.000123456789"), ExactMonth.price("0.333")));
    private static final Map<String, BigInteger> SECONDS = new HashMap<>();

    @TempDir
    private Path folder;

    record Case(String name, ExactMonth expected, List<String> options) {

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void readTheTrace() throws Exception {
        assumeTrue(Files.exists(TRACE));
        try (var reader = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(TRACE)),
                StandardCharsets.UTF_8))) {
            reader.lines().skip(1).map(line -> line.split(",")).forEach(row ->
                    SECONDS.merge(row[1], new BigInteger(row[3]), BigInteger::add));
        }
    }

    static List<Case> months() {
        return List.of(
                new Case("as it comes", new ExactMonth("20.00", "18000", "3600", ExactMonth.standard("0.0075")), List.of()),
                new Case("a quotient that does not end", new ExactMonth("0", "0", "7", ExactMonth.standard("0.005")),
                        List.of("--flat", "0", "--quota", "0", "--batch", "7", "--price", "0.005")),
                new Case("packages", new ExactMonth("19.99", "5000", "3600", ExactMonth.packages("0.035", "3600")),
                        List.of("--flat", "19.99", "--quota", "5000", "--model", "package", "--price", "0.035")),
                new Case("graduated", new ExactMonth("20.00", "18000", "3600", ExactMonth.graduated("3600", TIERS)),
                        List.of("--model", "graduated", "--tiers", ExactMonth.json(TIERS))),
                new Case("volume", new ExactMonth("20.00", "18000", "60", ExactMonth.volume("60", TIERS)),
                        List.of("--model", "volume", "--batch", "60", "--tiers", ExactMonth.json(TIERS))));
    }

    @ParameterizedTest
    @MethodSource("months")
    void bills_the_month_to_the_cent(Case month) {
        ExactMonth expected = month.expected.bill(SECONDS);
        var arguments = new ArrayList<>(List.of("demo", "--json", "--usage", TRACE.toString()));
        arguments.addAll(month.options);

        Cli.Answer answer = new Cli(folder).with(TestDatabase.environment()).run(arguments);

        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).isZero();
        assertThat(answer.text("invoices")).isEqualTo(Long.toString(expected.invoices)).isEqualTo("2747");
        assertThat(answer.text("with_overage")).isEqualTo(Long.toString(expected.withOverage));
        assertThat(answer.text("usage")).isEqualTo(expected.usage.toString()).isEqualTo("51850635");
        assertThat(expected.isExact(answer.text("exact"))).as(answer.text("exact")).isTrue();
        assertThat(answer.text("lines")).isEqualTo(ExactMonth.cents(expected.lines));
        assertThat(answer.text("subtotal")).isEqualTo(ExactMonth.cents(expected.subtotal));
        assertThat(answer.text("tax")).isEqualTo(ExactMonth.cents(expected.tax));
        assertThat(answer.text("total")).isEqualTo(ExactMonth.cents(expected.total()));
    }

    private static Tier tier(String upTo, String price, String flat) {
        return new Tier(new BigInteger(upTo.replace(".0", "")), ExactMonth.price(price), ExactMonth.price(flat));
    }
}
