/**
 * Approvals: a named person says yes or no once, through a link that only they have been sent.
 *
 * <p>Invariants: of a link's secret only the digest is kept; a decision is made once, and stands; nobody approves what they
 * have asked for themselves. Any gate can ask for an approval by
 * {@link com.nexasystems.billing.approval.ApprovalCheck}. Does not own sending the link. Begin reading at
 * {@link com.nexasystems.billing.approval.AskForApproval}.
 */
package com.nexasystems.billing.approval;
