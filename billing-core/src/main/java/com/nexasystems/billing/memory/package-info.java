/**
 * Every port in memory: for unit tests, demos, simulations and a first embedding.
 *
 * <p>One lock, held by a unit of work from beginning to end, and a list of undos for when it fails: slow under
 * concurrency, and obviously right. Passes the same contracts as any other adapter. Only the root builder depends on it.
 */
package com.nexasystems.billing.memory;
