package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The contracts are tested themselves: a wrong adapter fails on the rules it breaks, and on no other. */
class WrongAdaptersTest {

    private static final Pattern RULE = Pattern.compile("<p>([A-Z]{2}-\\d+) ");
    private static final Path CORE = Path.of("..", "billing-core", "src", "main", "java");

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongAdapters")
    void fails_on_the_rules_it_breaks(Class<?> wrong) {
        Set<String> failed = EngineTestKit.engine("junit-jupiter").selectors(selectClass(wrong)).execute()
                .testEvents().failed().stream().map(WrongAdaptersTest::rule).collect(Collectors.toCollection(TreeSet::new));
        assertThat(failed).containsExactlyInAnyOrder(wrong.getAnnotation(Breaks.class).value());
    }

    @Test
    void every_rule_is_broken_by_some_wrong_adapter() {
        assertThat(wrongAdapters().flatMap(wrong -> Stream.of(wrong.getAnnotation(Breaks.class).value())).distinct())
                .containsExactlyInAnyOrderElementsOf(rulesOfTheCore());
    }

    @Test
    void every_rule_has_a_test_that_begins_with_its_number() {
        Set<String> tested = wrongAdapters().flatMap(wrong -> ReflectionSupport.findMethods(wrong,
                        method -> method.isAnnotationPresent(Test.class), HierarchyTraversalMode.TOP_DOWN).stream())
                .map(method -> firstWord(method.getAnnotation(DisplayName.class).value())).collect(Collectors.toSet());
        assertThat(tested).containsExactlyInAnyOrderElementsOf(rulesOfTheCore());
    }

    static Stream<Class<?>> wrongAdapters() {
        return Stream.of(WrongAdapters.class, WrongCoupons.class, WrongWallets.class, WrongDirectory.class, WrongLists.class,
                        WrongTaxes.class, WrongAccess.class, WrongSources.class, WrongShadow.class, WrongWebhooks.class,
                        WrongGateways.class, WrongNotices.class, WrongPayments.class, WrongInvoiceSources.class,
                        WrongJournals.class, WrongGates.class)
                .flatMap(group -> Stream.of(group.getDeclaredClasses()))
                .filter(nested -> nested.isAnnotationPresent(Breaks.class))
                .sorted(Comparator.comparing(Class::getSimpleName));
    }

    private static List<String> rulesOfTheCore() {
        try (Stream<Path> files = Files.walk(CORE)) {
            return files.filter(file -> file.toString().endsWith(".java")).flatMap(WrongAdaptersTest::rules).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> rules(Path file) {
        try {
            return RULE.matcher(Files.readString(file)).results().map((MatchResult found) -> found.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String rule(Event event) {
        return firstWord(event.getTestDescriptor().getDisplayName());
    }

    private static String firstWord(String sentence) {
        return sentence.substring(0, sentence.indexOf(' '));
    }
}
