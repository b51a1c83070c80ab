package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class SampleUsageTest {

    @Test
    void the_shipped_file_is_what_the_generator_makes() throws Exception {
        assertThat(Files.readString(SampleUsage.SHIPPED)).isEqualTo(SampleUsage.csv());
    }

    @Test
    void names_are_unique_enough_that_no_deployment_has_two_customers() {
        assertThat(SampleUsage.csv().lines().skip(1).map(line -> line.split(",")).map(row -> row[1] + "|" + row[0]).distinct()
                .map(pair -> pair.split("\\|")[0]).toList()).doesNotHaveDuplicates().hasSize(40);
    }
}
