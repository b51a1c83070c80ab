/**
 * The directory: what each service calls its things, and what it keeps with them that no rule reads.
 *
 * <p>A service sees its own entries and nothing else, so that two services may use one code for different things. Does not
 * own the things themselves: an entry names its {@linkplain com.nexasystems.billing.directory.Entry#subject() subject},
 * which is another feature's. Begin reading at {@link com.nexasystems.billing.directory.Directory}.
 */
package com.nexasystems.billing.directory;
