package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.rating.Explanation;
import java.util.List;

/**
 * A new draft.
 *
 * @param rated every charge of the period, also those that came to nothing and so are no line
 */
public record Drafted(Invoice invoice, List<Explanation> rated) { }
