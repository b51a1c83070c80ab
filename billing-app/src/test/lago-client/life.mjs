// The life of a chat product's billing, told through Lago's own client. Only the base URL and the key are ours.
// Run as: node life.mjs BASE_URL API_KEY
import assert from 'node:assert/strict';
import { Client, getLagoError } from 'lago-javascript-client';

const [baseUrl, key] = process.argv.slice(2);
const lago = Client(key, { baseUrl });
const data = async (call) => (await call).data;
const refused = async (call, status) => {
  try {
    await call;
  } catch (response) {
    const error = await getLagoError(response);
    assert.equal(response.status, status);
    assert.equal(error.status, status);
    assert.equal(typeof error.error, 'string');
    return error;
  }
  assert.fail(`not refused with ${status}`);
};

// The catalogue
await data(lago.taxes.createTax({ tax: { name: 'GST', code: 'gst', rate: '5.0' } }));
const metric = (await data(lago.billableMetrics.createBillableMetric({ billable_metric: {
  name: 'Tokens', code: 'tokens', aggregation_type: 'sum_agg', field_name: 'count', recurring: false } }))).billable_metric;
assert.equal(metric.code, 'tokens');
const plan = (await data(lago.plans.createPlan({ plan: {
  name: 'Pro', code: 'pro', interval: 'monthly', amount_cents: 2000, amount_currency: 'CAD', pay_in_advance: false,
  tax_codes: ['gst'],
  charges: [{ billable_metric_id: metric.lago_id, code: 'tokens', charge_model: 'graduated', pay_in_advance: false,
    properties: { graduated_ranges: [
      { from_value: 0, to_value: 1000, per_unit_amount: '0', flat_amount: '0' },
      { from_value: 1001, to_value: null, per_unit_amount: '0.01', flat_amount: '0' }] } }] } }))).plan;
assert.equal(plan.charges[0].billable_metric_code, 'tokens');
await data(lago.plans.findPlan('pro'));
await data(lago.addOns.createAddOn({ add_on: { name: 'Setup', code: 'setup', amount_cents: 5000, amount_currency: 'CAD' } }));
await data(lago.coupons.createCoupon({ coupon: { name: 'Welcome', code: 'welcome', coupon_type: 'fixed_amount',
  amount_cents: 300, amount_currency: 'CAD', frequency: 'once', reusable: true, expiration: 'no_expiration' } }));
assert.equal((await data(lago.plans.findAllPlans({ page: 1, per_page: 10 }))).meta.total_count, 1);

// A customer and a subscription
const customer = (await data(lago.customers.createCustomer({ customer: {
  external_id: 'ada', name: 'Ada', email: 'ada@example.org', currency: 'CAD', country: 'CA', timezone: 'UTC' } }))).customer;
assert.equal(customer.external_id, 'ada');
const applied = (await data(lago.appliedCoupons.applyCoupon({ applied_coupon: {
  external_customer_id: 'ada', coupon_code: 'welcome' } }))).applied_coupon;
assert.equal(applied.amount_cents, 300);
const subscription = (await data(lago.subscriptions.createSubscription({ subscription: {
  external_customer_id: 'ada', external_id: 'chat-1', plan_code: 'pro', billing_time: 'calendar',
  subscription_at: '2026-03-01T00:00:00Z' } }))).subscription;
assert.equal(subscription.status, 'active');

// Usage
const event = (id, count) => ({ transaction_id: id, external_subscription_id: 'chat-1', code: 'tokens',
  timestamp: 1773273600, properties: { count } });
await data(lago.events.createEvent({ event: event('t-1', 700) }));
await data(lago.events.createBatchEvents({ events: [event('t-2', 500), event('t-3', 300)] }));
const twice = await refused(lago.events.createEvent({ event: event('t-1', 700) }), 422);
assert.deepEqual(twice.error_details.transaction_id, ['value_already_exist']);
assert.equal((await data(lago.events.findEvent('t-1'))).event.transaction_id, 't-1');
const usage = (await data(lago.customers.findCustomerCurrentUsage('ada',
  { external_subscription_id: 'chat-1' }))).customer_usage;
assert.equal(usage.charges_usage[0].units, '1500.0');
assert.equal(usage.charges_usage[0].amount_cents, 500);

// A one-off invoice, half of it credited
const setup = (await data(lago.invoices.createInvoice({ invoice: { external_customer_id: 'ada', currency: 'CAD',
  fees: [{ add_on_code: 'setup', units: 2 }] } }))).invoice;
assert.equal(setup.fees_amount_cents, 10000);
assert.equal(setup.fees.length, 1);
const credited = (await data(lago.creditNotes.createCreditNote({ credit_note: { invoice_id: setup.lago_id,
  reason: 'other', credit_amount_cents: 5000, refund_amount_cents: 0,
  items: [{ fee_id: setup.fees[0].lago_id, amount_cents: 5000 }] } }))).credit_note;
assert.equal(credited.credit_amount_cents, 5000);
assert.match(credited.number, /CN/);
const download = await data(lago.invoices.downloadInvoice(setup.lago_id));
const pdf = await fetch(download.invoice.file_url, { headers: { Authorization: `Bearer ${key}` } });
assert.equal(Buffer.from(await pdf.arrayBuffer()).subarray(0, 5).toString(), '%PDF-');

// The subscription ends, and what it used is billed
const preview = (await data(lago.invoices.invoicePreview({ customer: { external_id: 'ada' },
  subscriptions: { external_ids: ['chat-1'] } }))).invoice;
assert.equal(preview.currency, 'CAD');
const ended = (await data(lago.subscriptions.destroySubscription('chat-1'))).subscription;
assert.equal(ended.status, 'terminated');
const invoices = (await data(lago.invoices.findAllInvoices({ external_customer_id: 'ada',
  'invoice_type[]': ['subscription'], page: 1, per_page: 10 }))).invoices;
assert.equal(invoices.length, 1);
const invoice = (await data(lago.invoices.findInvoice(invoices[0].lago_id))).invoice;
assert.equal(invoice.coupons_amount_cents, 300);
assert.equal(invoice.fees.find((fee) => fee.item.type === 'charge').amount_cents, 500);
assert.equal(invoice.sub_total_excluding_taxes_amount_cents, invoice.fees_amount_cents - 300);
assert.equal(invoice.sub_total_including_taxes_amount_cents,
  invoice.sub_total_excluding_taxes_amount_cents + invoice.taxes_amount_cents);
assert.equal(invoice.fees.reduce((sum, fee) => sum + fee.amount_cents, 0), invoice.fees_amount_cents);

const past = await data(lago.customers.findAllCustomerPastUsage('ada', { external_subscription_id: 'chat-1' }));
assert.equal(past.usage_periods[0].charges_usage[0].units, '1500.0');
assert.equal(past.usage_periods[0].lago_invoice_id, invoice.lago_id);

// Credits paid in advance
const wallet = (await data(lago.wallets.createWallet({ wallet: { external_customer_id: 'ada', name: 'Credits',
  rate_amount: '1', currency: 'CAD', paid_credits: '0', granted_credits: '10' } }))).wallet;
assert.equal(wallet.currency, 'CAD');
await data(lago.walletTransactions.createWalletTransaction({ wallet_transaction: { wallet_id: wallet.lago_id,
  granted_credits: '5' } }));
assert.ok((await data(lago.wallets.findAllWalletTransactions(wallet.lago_id))).meta.total_count >= 1);

// Refusals
assert.equal((await refused(lago.customers.findCustomer('nobody'), 404)).code, 'customer_not_found');
const bad = await refused(lago.plans.createPlan({ plan: { name: 'Bad', code: 'bad' } }), 422);
assert.equal(bad.code, 'validation_errors');
await refused(Client('wrong', { baseUrl }).plans.findAllPlans(), 401);

console.log(`${invoice.number} ${invoice.total_amount_cents}`);
