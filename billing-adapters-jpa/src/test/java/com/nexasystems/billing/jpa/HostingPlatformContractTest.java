package com.nexasystems.billing.jpa;

import com.nexasystems.billing.shadow.SourceApplication;
import com.nexasystems.billing.testkit.SourceApplicationContract;
import com.nexasystems.billing.testkit.SourceRows;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** The hosting platform keeps the contract of applications, for a role that may only read. */
class HostingPlatformContractTest extends SourceApplicationContract {

    private final TestHosting hosting = TestHosting.create();
    private HostingPlatform platform;

    @Override
    protected SourceApplication holding(SourceRows rows) {
        hosting.insert(rows);
        platform = HostingPlatform.open(hosting.reader());
        return platform;
    }

    @Override
    protected Object stateOfSource() {
        return hosting.state();
    }

    @Override
    protected List<BigDecimal> amounts() {
        return Stream.concat(super.amounts().stream(), Stream.of("12345678901234567890.12345678901234567890",
                "0.0000000000000000000000000000000000000001", "-9999999999999999999999999999999999999999", "1.500")
                .map(BigDecimal::new)).toList();
    }

    @AfterEach
    void close() {
        platform.close();
    }
}
