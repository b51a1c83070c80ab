/** What the tests of the core share: seeded cases, a clock that is set by hand, and a small shop to tell stories with. */
package com.nexasystems.billing.testing;
