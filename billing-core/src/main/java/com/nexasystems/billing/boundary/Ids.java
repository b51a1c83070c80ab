package com.nexasystems.billing.boundary;

import java.util.UUID;

/**
 * New identities. {@code IdsContract} checks these rules.
 *
 * <p>ID-1 No id is given twice, whatever the number of threads.
 * <p>ID-2 A later id of one thread sorts after an earlier one, as text, so that rows of one time lie together.
 */
public interface Ids {

    UUID next();
}
