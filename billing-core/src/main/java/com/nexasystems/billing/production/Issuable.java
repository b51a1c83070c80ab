package com.nexasystems.billing.production;

/** A certificate that is to be issued, and its job as it is now. */
public record Issuable(Certificate certificate, Job job) { }
