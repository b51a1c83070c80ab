/**
 * Production: jobs that are completed, and their certificates that are issued, through gates that let nothing incomplete
 * pass.
 *
 * <p>Invariants: a completed job's quantities add up, unless somebody took it upon themselves and that is on the audit
 * trail; a certificate is made once for each (job, type); an issued one has every field. Does not own billing, nor the
 * master data of the application: a job carries what was handed over with it. Begin reading at
 * {@link com.nexasystems.billing.production.CompleteJob}.
 */
package com.nexasystems.billing.production;
