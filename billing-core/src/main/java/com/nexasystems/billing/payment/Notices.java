package com.nexasystems.billing.payment;

import com.nexasystems.billing.quantity.InvalidValue;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads what a provider sends us, and believes nothing that it has not signed. {@code NoticesContract} checks these rules.
 *
 * <p>NO-1 What the provider has signed, within its tolerance of time, before or after now, is read.
 * <p>NO-2 What is not signed, signed with another secret, changed by a byte, too old or from the future is refused.
 * <p>NO-3 Whatever the headers and the body are, the answer is a notice or an {@link InvalidValue}.
 */
public interface Notices {

    /**
     * @param body   to the byte, as it came
     * @param header a header by its name, whatever the case
     * @throws InvalidValue if it is not the provider's, or no notice
     */
    Notice read(byte[] body, Function<String, Optional<String>> header);
}
