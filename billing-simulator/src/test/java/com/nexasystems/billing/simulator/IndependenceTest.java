package com.nexasystems.billing.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class IndependenceTest {

    private static final JavaClasses SIMULATOR = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("com.nexasystems.billing.simulator");

    @Test
    void the_biller_shares_no_code_with_the_engine() {
        classes().should().onlyDependOnClassesThat().resideInAnyPackage("java..", "javax.crypto..",
                "com.sun.net.httpserver..", "com.nexasystems.billing.simulator..", "com.nexasystems.billing.shadow",
                "com.nexasystems.billing.memory")
                .because("billers that share code agree on its mistakes").check(SIMULATOR);
    }
}
