/** What needs a database: taking usage in, adding it up, billing, and how all of that grows. */
package com.nexasystems.billing.bench.load;
