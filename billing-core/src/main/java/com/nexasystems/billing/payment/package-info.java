/**
 * Money in: invoices are collected through a payment provider, each attempt under a key of its own, until they are paid or
 * the dunning plan is over; what arrives in another way is recorded; what was paid too much, or is given back, is refunded.
 *
 * <p>Before a provider is called, what is asked of it is stored. What is not known to have failed is looked up, and never
 * asked for under another key before it is known. Does not own bookkeeping.
 */
package com.nexasystems.billing.payment;
