package com.nexasystems.billing.charge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A catalogue that moves here from Lago costs the same: every figure that Lago publishes, to the last decimal. */
class LagoFiguresTest {

    private static final int COLUMNS = 6;

    record Figure(String model, String properties, String units, List<String> events, String expected, String source) {

        static Figure of(String line) {
            String[] columns = line.split("\\|", COLUMNS);
            return new Figure(columns[0].strip(), columns[1].strip(), columns[2].strip(), words(columns[3], " "),
                    columns[4].strip(), columns[5].strip());
        }

        ChargeModel chargeModel() {
            return switch (model) {
                case "standard" -> Standard.of(named("amount", "0"));
                case "package" -> PackageModel.of(named("amount", "0"), named("package_size", "1"),
                        named("free_units", "0"));
                case "graduated" -> new Graduated(tiers(), BigDecimal.ONE);
                case "volume" -> new Volume(tiers(), BigDecimal.ONE);
                case "graduated_percentage" -> new GraduatedPercentage(tiers());
                case "percentage" -> percentage();
                case "dynamic" -> new Dynamic();
                default -> throw new IllegalArgumentException(model);
            };
        }

        Billable billable() {
            if (model.equals("dynamic")) {
                BigDecimal cents = events.stream().map(event -> new BigDecimal(event.split(":")[1]))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                return new Billable(new BigDecimal(units), events.size(), List.of(), cents.movePointLeft(2));
            }
            return new Billable(new BigDecimal(units), events.size(), events.stream().map(BigDecimal::new).toList(),
                    BigDecimal.ZERO);
        }

        private Percentage percentage() {
            return new Percentage(new BigDecimal(named("rate", "0")), new BigDecimal(named("fixed", "0")),
                    Integer.parseInt(named("free_events", "0")), new BigDecimal(named("free_amount", "0")),
                    maybe("min"), maybe("max"));
        }

        private Optional<BigDecimal> maybe(String name) {
            return Optional.ofNullable(named(name, null)).map(BigDecimal::new);
        }

        private String named(String name, String otherwise) {
            Map<String, String> byName = words(properties, ";").stream().map(pair -> pair.split("="))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
            return byName.getOrDefault(name, otherwise);
        }

        /** {@code 0..10 5+2; 11.. 3+0}: here a tier says where it ends, and begins where the one before it did. */
        private Tiers tiers() {
            var tiers = new ArrayList<Tier>();
            for (String range : words(properties, ";")) {
                String[] parts = range.split("[ +]");
                String to = parts[0].substring(parts[0].indexOf("..") + 2);
                tiers.add(to.isEmpty() ? Tier.rest(parts[1], parts[2]) : Tier.upTo(to, parts[1], parts[2]));
            }
            return new Tiers(tiers);
        }

        private static List<String> words(String text, String separator) {
            return Arrays.stream(text.split(separator)).map(String::strip).filter(word -> !word.isEmpty()).toList();
        }

        @Override
        public String toString() {
            return model + " [" + properties + "] of " + units + " " + events + " is " + expected + ": " + source;
        }
    }

    static Stream<Figure> figures() throws IOException {
        try (var reader = new BufferedReader(new InputStreamReader(
                LagoFiguresTest.class.getResourceAsStream("lago-figures.txt"), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).map(Figure::of).toList().stream();
        }
    }

    static Stream<Figure> figuresFromZeroUp() throws IOException {
        return figures().filter(figure -> !figure.units.startsWith("-"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("figuresFromZeroUp")
    void costs_what_lago_says(Figure figure) {
        assertThat(figure.chargeModel().price(figure.billable()).total()).isEqualByComparingTo(figure.expected);
    }

    @Test
    void usage_below_zero_counts_as_none_and_so_owes_a_first_flat_fee_which_lago_drops_for_volume() throws IOException {
        List<Figure> below = figures().filter(figure -> figure.units.startsWith("-")).toList();
        assertThat(below).extracting(Figure::expected).containsExactly("0");
        assertThat(below.get(0).chargeModel().price(below.get(0).billable()).total()).isEqualByComparingTo("10");
    }

    @Test
    void every_model_is_among_the_figures() throws IOException {
        assertThat(figures().map(Figure::model).distinct()).hasSize(ChargeModel.class.getPermittedSubclasses().length);
    }
}
