package com.nexasystems.billing.stripe;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.net.Webhook;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses ADAPTER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("com.nexasystems.billing.stripe");

    @Test
    void three_doors_and_their_settings_and_the_amounts_are_public() {
        assertThat(ADAPTER.stream().filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getSimpleName)).containsExactlyInAnyOrder("StripeGateway", "StripeNotices", "StripeInvoices",
                        "Pace", "StripeSettings", "StripeAmounts");
    }

    @Test
    void nothing_is_known_of_the_other_adapters_or_of_memory() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("com.nexasystems.billing.http..",
                "com.nexasystems.billing.jpa..", "com.nexasystems.billing.app..", "com.nexasystems.billing.memory..")
                .check(ADAPTER);
    }

    @Test
    void only_one_class_asks_stripe_and_only_one_sends() {
        noClasses().that().doNotHaveSimpleName("StripeCalls").should().dependOnClassesThat()
                .belongToAnyOf(StripeClient.class).check(ADAPTER);
        noClasses().that().doNotHaveSimpleName("StripeTransport").should().dependOnClassesThat()
                .belongToAnyOf(HttpClient.class).check(ADAPTER);
    }

    @Test
    void nothing_static_of_the_sdk_is_relied_upon() {
        noClasses().should().dependOnClassesThat().belongToAnyOf(Stripe.class, Webhook.class)
                .check(ADAPTER);
    }
}
