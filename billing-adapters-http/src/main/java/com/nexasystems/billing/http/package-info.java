/** HTTP in front of the engine. So far: whether the process lives and whether it can work. */
package com.nexasystems.billing.http;
