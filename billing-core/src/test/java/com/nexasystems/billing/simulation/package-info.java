/**
 * Half a year of a small company, made up from a seed: usage is dropped and sent again, late, twice, out of order and
 * corrected; prices change, subscriptions end, jobs run at odd times and die in the middle. After every step the books
 * must be right.
 */
package com.nexasystems.billing.simulation;
