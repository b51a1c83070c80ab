package com.nexasystems.billing.http;

import com.nexasystems.billing.payment.DunningPlan;
import com.nexasystems.billing.payment.Notices;
import com.nexasystems.billing.payment.PaymentGateway;
import java.net.URI;
import java.util.Optional;

/**
 * The payment provider that invoices are collected through.
 *
 * @param notices  reads what the provider tells; empty if it is not to tell anything: then it is only asked
 * @param returnTo where the provider sends customers who have left a means of payment
 */
public record PaymentProvider(PaymentGateway gateway, DunningPlan plan, Optional<Notices> notices, URI returnTo) { }
