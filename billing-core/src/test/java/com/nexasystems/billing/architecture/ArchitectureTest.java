package com.nexasystems.billing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The core keeps its rules; and each rule is seen to fail on classes that break it. */
class ArchitectureTest {

    private static final String BILLING = "com.nexasystems.billing";
    private static final String BROKEN = "com.nexasystems.broken";
    private static final Architecture CORE = new Architecture(BILLING,
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(BILLING));
    private static final Architecture BAD = new Architecture(BROKEN, new ClassFileImporter().importPackages(BROKEN));
    private static final List<Set<String>> BAD_FLOORS = List.of(Set.of("money"), Set.of("usage", "misspelt"));

    @Test
    void a_package_uses_lower_floors_only() {
        assertThat(CORE.upwardUses(Architecture.FLOORS)).isEmpty();
        assertThat(BAD.upwardUses(BAD_FLOORS)).contains("money -> usage");
    }

    @Test
    void every_package_stands_on_a_floor() {
        assertThat(CORE.packagesOnNoFloor(Architecture.FLOORS)).isEmpty();
        assertThat(BAD.packagesOnNoFloor(BAD_FLOORS)).contains("adrift");
    }

    @Test
    void every_name_on_the_floors_is_a_package() {
        assertThat(CORE.namesOfNothing(Architecture.FLOORS)).isEmpty();
        assertThat(BAD.namesOfNothing(BAD_FLOORS)).containsExactly("misspelt");
    }

    @Test
    void packages_are_flat() {
        assertThat(CORE.nestedPackages()).isEmpty();
        assertThat(BAD.nestedPackages()).containsExactly("usage.model");
    }

    @Test
    void every_open_interface_is_a_port_that_memory_implements() {
        assertThat(CORE.interfacesOfNoKind()).isEmpty();
        assertThat(CORE.portsWithoutMemory()).isEmpty();
        assertThat(BAD.interfacesOfNoKind()).containsExactly(BROKEN + ".usage.Marker");
        assertThat(BAD.portsWithoutMemory()).contains(BROKEN + ".usage.AdapterlessPort");
    }

    @Test
    void features_form_no_cycle() {
        assertKept(Architecture::featuresFormNoCycle, "loopa");
    }

    @Test
    void the_core_knows_no_framework() {
        assertKept(Architecture::knowsNoFramework, "KnowsAFramework");
    }

    @ParameterizedTest
    @CsvSource({"Instant.now", "LocalDate.now", "randomUUID", "currentTimeMillis"})
    void time_and_ids_come_through_ports(String shortcut) {
        assertKept(Architecture::asksThePorts, shortcut);
    }

    @ParameterizedTest
    @CsvSource({"java.util.Random", "java.util.concurrent.ThreadLocalRandom"})
    void nothing_is_left_to_chance(String source) {
        assertKept(Architecture::leavesNothingToChance, source);
    }

    @Test
    void secrets_come_through_entropy() {
        assertKept(Architecture::onlyMemoryIsRandom, "MakesItsOwnSecrets");
    }

    @ParameterizedTest
    @CsvSource({"CountsInDoubles.amount", "CountsInDoubles.boxed", "CountsInDoubles.add(double)"})
    void amounts_and_quantities_are_exact(String member) {
        assertKept(Architecture::countsExactly, member);
    }

    private static void assertKept(Function<Architecture, ArchRule> rule, String violation) {
        assertThat(CORE.violations(rule.apply(CORE))).isEmpty();
        assertThat(BAD.violations(rule.apply(BAD))).anyMatch(line -> line.contains(violation));
    }
}
