package com.nexasystems.billing.http;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a test has opened, closed after it. */
final class Opened implements AfterEachCallback {

    private final List<AutoCloseable> resources = new ArrayList<>();

    <T extends AutoCloseable> T open(T resource) {
        resources.add(resource);
        return resource;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (AutoCloseable resource : resources) {
            resource.close();
        }
    }
}
