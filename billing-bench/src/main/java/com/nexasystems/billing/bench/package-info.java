/**
 * Measures the engine. Every figure stands beside a baseline that was measured in the same run, on the same machine.
 *
 * <p>{@link com.nexasystems.billing.bench.Benchmark} is what a program that measures has to be; {@code pure} holds the
 * arithmetic, {@code load} what needs a database. Begin reading at {@link com.nexasystems.billing.bench.BenchCommand}.
 */
package com.nexasystems.billing.bench;
