/**
 * Stripe, as the engine sees it. So far the one thing everything else there stands on: amounts, whose minor units are
 * Stripe's and not always ISO's.
 */
package com.nexasystems.billing.stripe;
