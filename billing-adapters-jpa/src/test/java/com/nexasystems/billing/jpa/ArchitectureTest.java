package com.nexasystems.billing.jpa;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.Entity;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses ADAPTER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("com.nexasystems.billing.jpa");

    @Test
    void two_doors_and_their_settings_are_public() {
        assertThat(ADAPTER.stream().filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getSimpleName)).containsExactlyInAnyOrder("JpaPorts", "State", "JournalProtection",
                        "JpaSettings", "Owner", "HostingPlatform", "HostingPlatformSettings");
    }

    @Test
    void nothing_is_known_of_the_other_adapters_or_of_memory() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("com.nexasystems.billing.http..",
                "com.nexasystems.billing.stripe..", "com.nexasystems.billing.app..", "com.nexasystems.billing.memory..")
                .check(ADAPTER);
    }

    @Test
    void only_rows_are_mapped_by_hibernate() {
        classes().that().areAnnotatedWith(Entity.class).should().haveSimpleNameEndingWith("Row")
                .andShould().bePackagePrivate().check(ADAPTER);
    }
}
