package com.nexasystems.billing.http;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.shadow.SourceApplication;
import java.util.Optional;
import java.util.function.Supplier;

/** From where a service's rows are imported. Whoever runs the server says so, never a request: it could name any host. */
@FunctionalInterface
public interface ImportSources {

    ImportSources NONE = service -> Optional.empty();

    /**
     * @return what opens the service's application when an import begins; if it is {@link AutoCloseable}, it is closed at
     *         the end. Empty if no application is known
     */
    Optional<Supplier<SourceApplication>> of(Service service);
}
