package com.nexasystems.billing.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the modules may know of each other. Every rule is seen to fail where it is broken. */
class ModulesTest {

    private static final String BILLING = "com.nexasystems.billing";
    private static final List<String> ADAPTERS = List.of(BILLING + ".jpa..", BILLING + ".http..", BILLING + ".stripe..");
    private static final JavaClasses ALL = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(BILLING);

    /** They name somebody, and call nobody. */
    private static final Set<String> ADDRESSES = Set.of("java.net.URI", "java.net.URISyntaxException", "java.net.InetAddress",
            "java.net.Inet4Address", "java.net.Inet6Address", "java.net.UnknownHostException");

    @Test
    void adapters_never_see_each_other() {
        for (String adapter : ADAPTERS) {
            knowsNoneOf(adapter, ADAPTERS.stream().filter(other -> !other.equals(adapter)).toList()).check(ALL);
        }
        assertThat(knowsNoneOf(BILLING + ".app..", ADAPTERS).evaluate(ALL).hasViolation()).isTrue();
    }

    @Test
    void only_the_application_knows_adapters() {
        String[] adapters = ADAPTERS.toArray(String[]::new);
        noClasses().that().resideOutsideOfPackages(BILLING + ".app..", adapters[0], adapters[1], adapters[2])
                .should().dependOnClassesThat().resideInAnyPackage(adapters).check(ALL);
        assertThat(noClasses().should().dependOnClassesThat().resideInAnyPackage(adapters).evaluate(ALL).hasViolation())
                .isTrue();
    }

    @Test
    void each_module_of_adapters_has_few_doors() {
        assertThat(only(ADAPTERS).stream().filter(type -> type.isTopLevelClass()
                        && type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getSimpleName)).containsExactlyInAnyOrder("JpaPorts", "JpaSettings", "HostingPlatform",
                "HostingPlatformSettings", "BillingApi", "ImportSources",
                "ApiSettings", "Operations", "AnsweredRequest", "CertificatePdf", "Connections", "PaymentProvider",
                "HttpWebhooks", "WebhookSettings", "LagoInvoices", "LagoSettings", "JournalProtection", "StripeAmounts",
                "StripeGateway", "StripeInvoices", "StripeNotices", "StripeSettings");
    }

    @Test
    void the_core_knows_no_sql_no_http_and_no_json() {
        ArchRule rule = classes().should().onlyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage("java.lang..",
                "java.io..", "java.math..", "java.nio..", "java.security..", "javax.crypto..", "java.time..", "java.util..",
                "jakarta.inject..", BILLING + "..").or(DescribedPredicate.describe("addresses",
                        type -> ADDRESSES.contains(type.getBaseComponentType().getName()))));
        assertThat(rule.evaluate(core()).hasViolation()).isFalse();
        assertThat(rule.evaluate(only(ADAPTERS)).hasViolation()).isTrue();
    }

    private static ArchRule knowsNoneOf(String own, List<String> others) {
        return noClasses().that().resideInAPackage(own)
                .should().dependOnClassesThat().resideInAnyPackage(others.toArray(String[]::new));
    }

    private static JavaClasses core() {
        return ALL.that(outside(List.of(BILLING + ".app..", ADAPTERS.get(0), ADAPTERS.get(1), ADAPTERS.get(2),
                BILLING + ".testkit..", BILLING + ".simulator..")));
    }

    private static JavaClasses only(List<String> packages) {
        return ALL.that(JavaClass.Predicates.resideInAnyPackage(packages.toArray(String[]::new)));
    }

    private static DescribedPredicate<JavaClass> outside(List<String> packages) {
        return JavaClass.Predicates.resideOutsideOfPackages(packages.toArray(String[]::new));
    }
}
