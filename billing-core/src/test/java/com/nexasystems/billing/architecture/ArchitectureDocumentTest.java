package com.nexasystems.billing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@code -Dbilling.approve=true} writes the document anew. */
class ArchitectureDocumentTest {

    private static final String BILLING = "com.nexasystems.billing";

    @Test
    void the_document_shows_the_floors_as_the_code_has_them() throws IOException {
        var document = new ArchitectureDocument(new Architecture(BILLING, new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(BILLING)).uses());
        if (Boolean.getBoolean("billing.approve")) {
            document.rewrite();
        }
        assertThat(document.tableInFile()).as("docs/ARCHITECTURE.md").isEqualTo(document.table());
    }
}
